"""The controls of docs/security.md, each with its test."""
