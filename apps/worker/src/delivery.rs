//! The letters that tell a member what happened, written from what is true now.

mod crossing;
mod dispute;
mod exchange;
mod member;
mod search;
mod sheet;

use crate::letter::{Said, Sender, greeting, letter, quoted, to_sel, words};
use crate::{Unwritten, Worker};
use chrono::Days;
use desk::link::Link;
use gateways::mail::{Address, Letter};
use sel::association::Rules;
use sel::id::{ApplicationId, MessageId, NoticeId};
use sel::person::Name;
use store::Scope;
use store::association::Association;
use store::conversation::Other;
use store::delivery::Claimed;
use store::event::Told;
use store::member::Member;
use words::{Value, Words};

/// How long the link of a letter lives that lets one answer a message.
const REPLY_DAYS: u64 = 60;

/// What every letter of a SEL needs.
pub(crate) struct Desk<'a> {
    pub(crate) worker: &'a Worker,
    pub(crate) scope: Scope,
    pub(crate) association: Association,
    pub(crate) rules: Rules,
    pub(crate) recipient: Member,
    pub(crate) told: Told,
    pub(crate) words: Words,
}

/// Writes the letter of a delivery.
pub(crate) async fn write(worker: &Worker, claimed: &Claimed) -> Result<Letter, Unwritten> {
    let mut desk = open(worker, claimed).await?;
    let address = desk
        .recipient
        .email
        .clone()
        .ok_or(Unwritten::Needless("the member has no address"))?;
    let said = match claimed.kind.as_str() {
        "application_received" => desk.application().await?,
        "message_received" => desk.message().await?,
        "sheet_posted" => desk.sheet().await?,
        "dispute_opened" | "dispute_message" | "dispute_closed" => {
            desk.dispute(&claimed.kind).await?
        }
        "mandate_recorded" | "mandate_revoked" => desk.mandate(&claimed.kind).await?,
        "batch_posted" | "batch_reversed" => desk.batch(&claimed.kind).await?,
        "account_shared" => desk.shared().await?,
        "limits_changed" => desk.limits().await?,
        "member_left" => desk.farewell(),
        "login_joined" | "login_parted" | "login_released" | "password_changed"
        | "second_begun" | "second_ended" | "login_linked" | "login_unlinked" | "access_given"
        | "passkey_added" | "passkey_removed" | "webhook_stopped" => desk.login(&claimed.kind),
        "notice_withdrawn" => desk.withdrawn().await?,
        "search_found" => desk.search().await?,
        kind if kind.starts_with("alliance_") => desk.alliance(kind).await?,
        kind if kind.starts_with("crossing_") => desk.crossing(kind).await?,
        kind => desk.exchange(kind).await?,
    };
    let first_name = desk.recipient.first_name.clone();
    let here = [("to", to_sel(desk.words, &desk.association.name))];
    let said = Said {
        greeting: greeting(desk.words, &first_name),
        foot: desk.words.say_with("mail-foot-member", &here),
        ..said
    };
    let sender = Sender::of(&desk.association);
    let to = Address {
        name: desk.recipient.full_name(),
        address,
    };
    letter(
        worker,
        claimed.id().0,
        to,
        desk.words.language,
        &sender,
        &said,
    )
}

async fn open<'a>(worker: &'a Worker, claimed: &Claimed) -> Result<Desk<'a>, Unwritten> {
    let here = claimed.association_id();
    let mut scope = Scope::begin(&worker.pool, here, None, worker.clock.now()).await?;
    let aim = store::delivery::aim(&mut scope, claimed.id())
        .await?
        .ok_or(Unwritten::Needless("the delivery is gone"))?;
    let told = store::event::read(&mut scope, aim.event_id())
        .await?
        .ok_or(Unwritten::Needless("the event is gone"))?;
    let recipient = store::member::by_id(&mut scope, aim.recipient_id())
        .await?
        // Who leaves hears that they have.
        .filter(|member| member.left_at.is_none() || claimed.kind == "member_left")
        .ok_or(Unwritten::Needless("the member has left"))?;
    let association = store::association::current(&mut scope).await?;
    let rules = store::setting::read(&mut scope).await?;
    let words = words(&recipient.language);
    Ok(Desk {
        worker,
        scope,
        association,
        rules,
        recipient,
        told,
        words,
    })
}

impl Desk<'_> {
    pub(crate) fn url(&self, path: &str) -> String {
        self.worker.site.home_url(&self.association, path)
    }

    /// "Nadia Ferrand (n° 18)"; "Nadia F. (n° 18)" where the SEL keeps last names back, except to
    /// its board.
    pub(crate) fn name(&self, first: &str, last: &str, number: i32) -> String {
        let name = Name {
            first: first.to_owned(),
            last: last.to_owned(),
        };
        let open = self.rules.directory.last_names || !self.recipient.rights().is_empty();
        let shown = if open { name.full() } else { name.short() };
        format!("{shown} (n°\u{a0}{number})")
    }

    pub(crate) fn name_of(&self, member: &Member) -> String {
        self.name(&member.first_name, &member.last_name, member.number)
    }

    async fn application(&mut self) -> Result<Said, Unwritten> {
        let id = ApplicationId(self.told.subject_id);
        let application = store::application::by_id(&mut self.scope, id)
            .await?
            .filter(|application| !application.is_decided())
            .ok_or(Unwritten::Needless("the request is decided"))?;
        let sponsor = application.sponsor_first.as_ref().map(|first| Name {
            first: first.clone(),
            last: application.sponsor_last.clone().unwrap_or_default(),
        });
        let sponsor = sponsor.map(|name| name.full());
        let names = [
            ("name", Value::from(application.full_name())),
            ("to", to_sel(self.words, &self.association.name)),
            ("sponsor", Value::from(sponsor.clone().unwrap_or_default())),
        ];
        let mut lines = vec![self.words.say_with("mail-application-line", &names)];
        if sponsor.is_some() {
            lines.push(self.words.say_with("mail-application-sponsor", &names));
        }
        Ok(Said {
            subject: self.words.say_with("mail-application-subject", &names),
            lines,
            quote: application.about.as_deref().map(quoted).unwrap_or_default(),
            button: self.words.say("mail-application-button"),
            url: self.url("/bureau"),
            ..Said::default()
        })
    }

    /// Somebody who watches over the notices took one away.
    async fn withdrawn(&mut self) -> Result<Said, Unwritten> {
        let id = NoticeId(self.told.subject_id);
        let notice = store::notice::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the notice is gone"))?;
        let by = notice
            .withdrawn_by()
            .ok_or(Unwritten::Needless("the notice is back"))?;
        let by = store::member::by_id(&mut self.scope, by).await?;
        let by = by.map(|member| self.name_of(&member)).unwrap_or_default();
        let names = [
            ("title", Value::from(&notice.title)),
            ("by", Value::from(by)),
        ];
        let say = |part: &str| {
            self.words
                .say_with(&format!("mail-withdrawn-{part}"), &names)
        };
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line"), say("next")],
            button: say("button"),
            url: self.url(&format!("/annonces/{id}")),
            ..Said::default()
        })
    }

    async fn message(&mut self) -> Result<Said, Unwritten> {
        let id = MessageId(self.told.subject_id);
        let gone = || Unwritten::Needless("the message is gone");
        let (conversation_id, message) = store::conversation::message(&mut self.scope, id)
            .await?
            .ok_or_else(gone)?;
        let conversation = store::conversation::by_id(&mut self.scope, conversation_id)
            .await?
            .ok_or_else(gone)?;
        let (first, name) = match conversation.other(self.recipient.id()) {
            Other::Member {
                number,
                first,
                last,
                ..
            } => (first, self.name(first, last, number)),
            Other::Outsider { named, code, sel } => {
                let (number, name) = named.ok_or_else(gone)?;
                let reference = sel::alliance::named(code, Some(number));
                (name, crossing::outsider(name, &reference, sel))
            }
        };
        let link = Link::Reply {
            association_id: self.scope.association_id,
            conversation_id,
            member_id: self.recipient.id(),
        };
        let until = message.sent_at + Days::new(REPLY_DAYS);
        let signed = link.sign(&self.worker.keys, until);
        let days = i64::try_from(REPLY_DAYS).unwrap_or_default();
        let names = [
            ("first", Value::from(first)),
            ("name", Value::from(name)),
            ("title", Value::from(&conversation.notice_title)),
            ("days", Value::Number(days)),
        ];
        Ok(Said {
            subject: self.words.say_with("mail-message-subject", &names),
            lines: vec![self.words.say_with("mail-message-line", &names)],
            quote: quoted(&message.body),
            button: self.words.say("mail-message-button"),
            url: self.url(&format!("/repondre/{signed}")),
            small: self.words.say_with("mail-message-small", &names),
            ..Said::default()
        })
    }
}
