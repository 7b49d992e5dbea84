"""Lines of the books and rates of people's time are only ever added, whoever asks."""

from django.db import migrations

FORWARD = """
create function curation_books_are_appended() returns trigger language plpgsql as $$
begin
  raise exception 'lines of the books are only ever added: post a further one';
end $$;
create trigger bookline_appended before update on curation_bookline
for each row execute function curation_books_are_appended();
create trigger ratecard_appended before update on curation_ratecard
for each row execute function curation_books_are_appended();
"""
BACKWARD = """
drop trigger bookline_appended on curation_bookline;
drop trigger ratecard_appended on curation_ratecard;
drop function curation_books_are_appended();
"""


class Migration(migrations.Migration):
    dependencies = [("curation", "0003_books")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
