"""Electronic results on their way: put before their signers, signed, issued, kept fresh."""
