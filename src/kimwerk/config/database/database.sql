-- Run once per database, as the server's superuser, after roles.sql and
--   create database kimwerk owner kimwerk_owner;
-- What the owner makes later, the web role may use, and no more: it cannot empty a table, change
-- one, or switch a wall off.
revoke all on schema public from public;
grant usage on schema public to kimwerk_app, kimwerk_audit;
grant all on schema public to kimwerk_owner;
do $$ begin execute format('grant create, temporary on database %I to kimwerk_owner', current_database()); end $$;
do $$ begin execute format('grant create on database %I to kimwerk_audit', current_database()); end $$;
do $$ begin execute format('grant temporary on database %I to kimwerk_app', current_database()); end $$;
alter default privileges for role kimwerk_owner in schema public
  grant select, insert, update, delete on tables to kimwerk_app;
alter default privileges for role kimwerk_owner in schema public
  grant usage, select on sequences to kimwerk_app;
