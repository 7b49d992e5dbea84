"""Search by part of a name needs pg_trgm, which the embedded PostgreSQL brings along."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [TrigramExtension()]
