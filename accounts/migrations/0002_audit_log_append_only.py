"""The audit log refuses to be rewritten, whoever asks."""

from django.db import migrations

FORWARD = """
create function accounts_audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_log_append_only before update or delete on accounts_auditlogentry
for each row execute function accounts_audit_log_is_append_only();
"""
BACKWARD = """
drop trigger audit_log_append_only on accounts_auditlogentry;
drop function accounts_audit_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
