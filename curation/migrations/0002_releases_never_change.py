"""A frozen release refuses every change but being superseded, whoever asks; its rows refuse all."""

from django.db import migrations

FORWARD = """
create function curation_release_is_frozen() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'a release is never deleted'; end if;
  if old.hash <> '' and (to_jsonb(new) - 'state') is distinct from (to_jsonb(old) - 'state') then
    raise exception 'a frozen release never changes';
  end if;
  return new;
end $$;
create trigger release_frozen before update or delete on curation_release
for each row execute function curation_release_is_frozen();
create function curation_releaserow_is_frozen() returns trigger language plpgsql as $$
begin
  raise exception 'the rows of a release never change';
end $$;
create trigger releaserow_frozen before update or delete on curation_releaserow
for each row execute function curation_releaserow_is_frozen();
"""
BACKWARD = """
drop trigger release_frozen on curation_release;
drop function curation_release_is_frozen();
drop trigger releaserow_frozen on curation_releaserow;
drop function curation_releaserow_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("curation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
