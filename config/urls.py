"""Every route. Apps are included by name, so that this file alone knows them all."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from config.base.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/health", views.HealthView.as_view(), name="health"),
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("catalog.api.urls")),
    path("api/v1/", include("annotation.api.urls")),
    path("api/v1/", include("cot_generation.api.urls")),
    path("api/v1/", include("curation.api.urls")),
    path("api/v1/", include("training_bridge.api.urls")),
    path("api/v1/", include("config.demo.api.urls")),
    re_path(r"^api/", views.NoSuchRoute.as_view(), name="no-such-route"),
    re_path(r"^(?!static/).*$", views.index, name="index"),
]
