"""Who may do what where: users, projects, memberships and roles, invitations, sessions, tokens, the audit log.

Belongs here: signing in, inviting, archiving a project, deciding whether a person may see a project at all.
Does not: anything about samples or opinions (catalog, annotation and above).
"""
