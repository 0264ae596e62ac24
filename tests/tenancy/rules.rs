//! The rules of tenancy, each a query for what breaks it.

use super::catalogue::{OURS, TENANT};

/// The administrator, who looks, is none of them.
const LOGINS: &str = "(select oid, rolname, rolinherit from pg_roles \
    where rolname like 'saline\\_%' and rolcanlogin and rolname <> session_user)";

/// How every policy for members reads.
const OWN: &str = "(association_id = ( SELECT current_association() AS current_association))";

/// Each query answers its violations, the object first.
pub(super) fn rules() -> Vec<String> {
    [tables(), policies(), owners(), functions(), roles()].concat()
}

fn tables() -> Vec<String> {
    let is_keyed = "exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary \
                    and i.indkey[0] = t.attnum)";
    let key_is_association = "(select i.indnatts from pg_index i where i.indrelid = r.oid \
                              and i.indisprimary) = 1";
    vec![
        format!(
            "select format('%s: row security is not both enabled and forced', t.relname) \
             from {TENANT} t where t.relkind in ('r', 'p') \
             and not (t.relrowsecurity and t.relforcerowsecurity)"
        ),
        format!(
            "select format('%s: members look through it past row security', t.relname) \
             from {TENANT} t join pg_class c on c.oid = t.oid where t.granted \
             and t.relkind in ('v', 'm', 'f') \
             and not ('security_invoker=true' = any (coalesce(c.reloptions, '{{}}')))"
        ),
        format!(
            "select format('%s: association_id does not come first in its primary key', \
             t.relname) from {TENANT} t \
             where t.granted and t.relkind in ('r', 'p') and not {is_keyed}"
        ),
        format!(
            "select format('%s: %s does not begin with association_id on both sides', \
             t.relname, f.conname) \
             from pg_constraint f join {TENANT} t on t.oid = f.conrelid \
             join {TENANT} r on r.oid = f.confrelid \
             where f.contype = 'f' and not (f.conkey[1] = t.attnum and f.confkey[1] = r.attnum \
             and (cardinality(f.conkey) > 1 or {key_is_association}))"
        ),
        format!(
            "select format('%s: %s would clear association_id', t.relname, f.conname) \
             from pg_constraint f join {TENANT} t on t.oid = f.conrelid \
             where f.contype = 'f' and f.confdeltype in ('n', 'd') \
             and t.attnum = any (coalesce(f.confdelsetcols, f.conkey))"
        ),
    ]
}

fn policies() -> Vec<String> {
    // Role 0 is everybody.
    let for_members = "p.polroles && array[0, 'saline_member'::regrole::oid]";
    vec![
        format!(
            "select format('%s: policy %s does not compare with the current association', \
             c.relname, p.polname) from pg_policy p join pg_class c on c.oid = p.polrelid \
             where p.polpermissive and {for_members} and ( \
             (p.polcmd in ('*', 'r', 'w', 'd') \
                 and pg_get_expr(p.polqual, p.polrelid) is distinct from '{OWN}') \
             or (p.polcmd in ('*', 'a', 'w') \
                 and pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '{OWN}'))"
        ),
        format!(
            "select format('%s: policy %s leaves the owner''s functions blind', c.relname, \
             p.polname) from pg_policy p join pg_class c on c.oid = p.polrelid \
             where {for_members} and not p.polroles @> array['saline_owner'::regrole::oid]"
        ),
    ]
}

fn owners() -> Vec<String> {
    let objects = "(select relname as name, relowner as owner, relnamespace as place \
            from pg_class union all \
        select proname, proowner, pronamespace from pg_proc union all \
        select typname, typowner, typnamespace from pg_type union all \
        select nspname, nspowner, oid from pg_namespace)";
    vec![
        format!(
            "select distinct format('%s: a superuser owns it', c.name) \
             from {objects} c (name, owner, relnamespace) join pg_roles r on r.oid = c.owner \
             where {OURS} and r.rolsuper"
        ),
        format!(
            "select format('%s: a login owns something', l.rolname) from {LOGINS} l \
             where exists (select from pg_shdepend d where d.refclassid = 'pg_authid'::regclass \
             and d.refobjid = l.oid and d.deptype = 'o' and d.dbid in (0, \
             (select oid from pg_database where datname = current_database())))"
        ),
    ]
}

fn functions() -> Vec<String> {
    let ours = OURS.replace("c.relnamespace", "f.pronamespace");
    let definer = format!("pg_proc f where f.prosecdef and {ours}");
    vec![
        format!(
            "select format('%s: a definer function without a fixed search_path', f.proname) \
             from {definer} and not exists (select from unnest(f.proconfig) as s (line) \
             where s.line like 'search\\_path=%')"
        ),
        format!(
            "select format('%s: anybody may call this definer function', f.proname) \
             from {definer} and has_function_privilege('public', f.oid, 'execute')"
        ),
    ]
}

fn roles() -> Vec<String> {
    let all =
        "(select * from pg_roles where rolname like 'saline\\_%' and rolname <> session_user)";
    vec![
        format!(
            "select format('%s: more powerful than it may be', r.rolname) from {all} r \
             where r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls \
             or r.rolreplication"
        ),
        format!(
            "select format('%s: inherits what it should ask for', l.rolname) from {LOGINS} l \
             where l.rolinherit"
        ),
        format!(
            "select format('%s: may become the owner', l.rolname) from {LOGINS} l \
             where pg_has_role(l.oid, 'saline_owner', 'member')"
        ),
        format!(
            "select format('%s: %s may use it without a role', c.relname, l.rolname) \
             from {LOGINS} l cross join pg_class c \
             where {OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f') and ( \
             has_table_privilege(l.oid, c.oid, 'select, insert, update, delete, truncate') \
             or has_any_column_privilege(l.oid, c.oid, 'select, insert, update'))"
        ),
        // A table of one's own would come before ours in the path of a definer function.
        format!(
            "select format('%s: may make tables', r.rolname) from {all} r \
             where r.rolname <> 'saline_owner' \
             and (has_database_privilege(r.oid, current_database(), 'temporary') \
             or has_schema_privilege(r.oid, 'public', 'create'))"
        ),
        format!(
            "select 'saline_web: it is no login that could be looked at' \
             where not exists (select from {LOGINS} l where l.rolname = 'saline_web')"
        ),
    ]
}
