-- Run once per server, as its superuser. Gives kimwerk its three roles:
--   kimwerk_owner  owns the tables and runs migrations; never serves a request
--   kimwerk_app    what web and worker processes connect as; row-level security binds it
--   kimwerk_audit  owns the log; nobody can sign in as it
-- Set passwords for the first two yourself (alter role ... password ...), or use peer authentication.
do $$
begin
  if not exists (select from pg_roles where rolname = 'kimwerk_audit') then
    create role kimwerk_audit nologin nosuperuser nobypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'kimwerk_owner') then
    create role kimwerk_owner login nosuperuser nobypassrls createdb;
  end if;
  if not exists (select from pg_roles where rolname = 'kimwerk_app') then
    create role kimwerk_app login nosuperuser nobypassrls;
  end if;
end
$$;
grant kimwerk_audit to kimwerk_owner;
grant kimwerk_app to kimwerk_owner;
