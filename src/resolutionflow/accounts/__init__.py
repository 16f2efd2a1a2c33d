"""Tenants, people and their roles, clients, sign-in, invitations, the audit log."""
