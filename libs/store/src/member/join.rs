//! Becoming a member.

use crate::{Result, Scope};
use sel::folded::folded;
use sel::id::MemberId;
use sel::member::Right;
use sel::person::Email;

/// A member to write.
#[derive(Debug)]
pub struct Joining<'a> {
    pub id: MemberId,
    pub account_id: sel::id::AccountId,
    pub person: &'a sel::application::Person,
    pub language: &'a str,
    pub rights: &'a [Right],
}

/// Writes a member with the next number and an account of their own; answers the number. Nothing
/// where a member has this id already: the number is given back if the caller does not commit.
pub async fn join(scope: &mut Scope, joining: &Joining<'_>) -> Result<Option<i32>> {
    let (here, now) = (scope.here(), scope.now);
    let person = joining.person;
    let (number,): (i32,) = sqlx::query_as("select take_member_number()")
        .fetch_one(scope.connection())
        .await?;
    let written = sqlx::query(
        "insert into member (association_id, member_id, number, first_name, last_name, \
         folded_name, folded_last, email, phone, place, about, language, rights, joined_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         on conflict (association_id, member_id) do nothing",
    )
    .bind(here)
    .bind(joining.id.0)
    .bind(number)
    .bind(&person.name.first)
    .bind(&person.name.last)
    .bind(folded(&person.name.full()))
    .bind(folded(&person.name.last))
    .bind(person.email.as_ref().map(Email::as_str))
    .bind(person.phone.as_ref().map(ToString::to_string))
    .bind(&person.place)
    .bind(&person.about)
    .bind(joining.language)
    .bind(rights(joining))
    .bind(now)
    .execute(scope.connection())
    .await?;
    if written.rows_affected() != 1 {
        return Ok(None);
    }
    crate::account::open(scope, joining.account_id, joining.id).await?;
    Ok(Some(number))
}

fn rights<'a>(joining: &Joining<'a>) -> Vec<&'a str> {
    joining.rights.iter().map(|right| right.as_str()).collect()
}

/// The same for many at once.
pub async fn join_all(scope: &mut Scope, joining: &[Joining<'_>]) -> Result<()> {
    let (here, now) = (scope.here(), scope.now);
    let each = || joining.iter();
    let names: Vec<String> = each().map(|it| it.person.name.full()).collect();
    sqlx::query(
        "insert into member (association_id, member_id, number, first_name, last_name, \
         folded_name, folded_last, email, phone, place, about, language, rights, joined_at) \
         select $1, it.id, take_member_number(), it.first, it.last, it.folded, it.folded_last, \
             it.email, it.phone, it.place, it.about, it.language, \
             string_to_array(it.rights, ','), $9 \
         from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], \
             $8::text[], $10::text[], $11::text[], $12::text[], $13::text[]) \
             as it (id, first, last, folded, folded_last, email, place, language, phone, about, \
                 rights)",
    )
    .bind(here)
    .bind(each().map(|it| it.id.0).collect::<Vec<_>>())
    .bind(
        each()
            .map(|it| it.person.name.first.as_str())
            .collect::<Vec<_>>(),
    )
    .bind(
        each()
            .map(|it| it.person.name.last.as_str())
            .collect::<Vec<_>>(),
    )
    .bind(names.iter().map(|name| folded(name)).collect::<Vec<_>>())
    .bind(
        each()
            .map(|it| folded(&it.person.name.last))
            .collect::<Vec<_>>(),
    )
    .bind(
        each()
            .map(|it| it.person.email.as_ref().map(Email::as_str))
            .collect::<Vec<_>>(),
    )
    .bind(
        each()
            .map(|it| it.person.place.as_deref())
            .collect::<Vec<_>>(),
    )
    .bind(now)
    .bind(each().map(|it| it.language).collect::<Vec<_>>())
    .bind(
        each()
            .map(|it| it.person.phone.as_ref().map(ToString::to_string))
            .collect::<Vec<_>>(),
    )
    .bind(
        each()
            .map(|it| it.person.about.as_deref())
            .collect::<Vec<_>>(),
    )
    .bind(each().map(|it| rights(it).join(",")).collect::<Vec<_>>())
    .execute(scope.connection())
    .await?;
    let accounts: Vec<_> = each().map(|it| (it.account_id, it.id)).collect();
    crate::account::open_all(scope, &accounts).await
}
