# The same image serves and works: `sohoa serve` or `dramatiq worker`.
FROM debian:12.12-slim AS base
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      python3 python3-venv tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd tesseract-ocr-script-viet \
      fonts-liberation2 \
 && rm -rf /var/lib/apt/lists/*

FROM base
WORKDIR /opt/sohoa
COPY requirements/runtime.txt requirements/runtime.txt
RUN python3 -m venv .venv && .venv/bin/pip install -q --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
RUN .venv/bin/pip install -q --no-deps --no-build-isolation --no-index --config-settings editable_mode=compat -e . \
 && useradd --system --home-dir /var/lib/sohoa --create-home --uid 10001 sohoa
ENV PATH=/opt/sohoa/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 SOHOA_DATA_DIR=/var/lib/sohoa
USER sohoa
VOLUME /var/lib/sohoa
EXPOSE 8080
CMD ["sohoa", "serve", "--host", "0.0.0.0", "--port", "8080"]
