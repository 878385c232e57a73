"""The folders: reading content.txt, looking, watching, shelving media."""
