"""What these settings and this machine still lack, each with the way to mend it."""
