"""The ways in beside the plain upload: watched folder, batches, resumable uploads; and what is printed for them."""
