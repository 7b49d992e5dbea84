"""Routes of accounts, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from accounts.api import administration, projects, schema, session, teams

__all__ = ["schema", "urlpatterns"]  # importing schema registers how the two ways to sign in are described

urlpatterns: list[URLPattern | URLResolver] = [
    path("session", session.SessionView.as_view(), name="session"),
    path("session/profile", session.ProfileView.as_view(), name="session-profile"),
    path("session/keys", session.KeysView.as_view(), name="session-keys"),
    path("session/phrases", session.PhrasesView.as_view(), name="session-phrases"),
    path("session/password", session.PasswordView.as_view(), name="session-password"),
    path("session/browsers", session.BrowsersView.as_view(), name="session-browsers"),
    path("session/browsers/<str:browser>", session.BrowserView.as_view(), name="session-browser"),
    path("session/tokens", session.TokensView.as_view(), name="session-tokens"),
    path("session/tokens/<uuid:token_id>", session.TokenView.as_view(), name="session-token"),
    path("invitations/<str:secret>", projects.InvitationOfferView.as_view(), name="invitation-offer"),
    path("resets/<str:secret>", administration.PasswordResetView.as_view(), name="password-reset"),
    path("projects", projects.ProjectsView.as_view(), name="projects"),
    path("projects/<project:slug>", projects.ProjectView.as_view(), name="project"),
    path("projects/<project:slug>/members", projects.MembersView.as_view(), name="members"),
    path("projects/<project:slug>/members/<int:user_id>", projects.MemberView.as_view(), name="member"),
    path("projects/<project:slug>/teams", teams.TeamsView.as_view(), name="teams"),
    path("projects/<project:slug>/teams/<uuid:team_id>", teams.TeamView.as_view(), name="team"),
    path("projects/<project:slug>/invitations", projects.InvitationsView.as_view(), name="invitations"),
    path(
        "projects/<project:slug>/invitations/<uuid:invitation_id>", projects.InvitationView.as_view(), name="invitation"
    ),
    path("administration/projects", projects.InstanceProjectsView.as_view(), name="instance-projects"),
    path("administration/projects/<project:slug>", projects.InstanceProjectView.as_view(), name="instance-project"),
    path("administration/people", administration.PeopleView.as_view(), name="people"),
    path("administration/people/<int:user_id>", administration.PersonView.as_view(), name="person"),
    path("administration/people/<int:user_id>/reset-link", administration.ResetLinkView.as_view(), name="reset-link"),
    path("administration/log", administration.AuditLogView.as_view(), name="audit-log"),
]
