import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;

/** EU DSS on PDFs: a line for each signature: file, level, indication, sub-indication, signer. Offline. */
class Judge {
    public static void main(String[] arguments) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
        for (int at = 1; at < arguments.length; at++) {
            CommonCertificateVerifier verifier = new CommonCertificateVerifier();
            verifier.setTrustedCertSources(trusted);
            SignedDocumentValidator validator =
                SignedDocumentValidator.fromDocument(new FileDocument(arguments[at]));
            validator.setCertificateVerifier(verifier);
            SimpleReport report = validator.validateDocument().getSimpleReport();
            for (String id : report.getSignatureIdList()) {
                System.out.println(String.join("\t", new File(arguments[at]).getName(),
                    String.valueOf(report.getSignatureFormat(id)), String.valueOf(report.getIndication(id)),
                    String.valueOf(report.getSubIndication(id)), String.valueOf(report.getSignedBy(id)),
                    report.getAdESValidationErrors(id).stream().map(m -> m.getValue()).toList().toString()));
            }
        }
    }
}
