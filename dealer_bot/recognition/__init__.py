"""Barcodes and plates in pictures, read by processes of their own: native libraries can hang, swell and die."""
