"""Routes of the demo, below /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from config.demo.api import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<project:slug>/demo", views.DemoProgressView.as_view(), name="demo-progress"),
]
