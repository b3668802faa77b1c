"""What a person does, in verbs: plain Python, no Qt; run in the vault lane."""
