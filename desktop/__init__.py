"""The program: vault, services, printing and pages."""
