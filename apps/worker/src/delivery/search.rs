//! The letter of what a kept search found.

use super::Desk;
use crate::Unwritten;
use crate::letter::{Said, Stop};
use chrono::Days;
use desk::link::Link;
use door::threshold::STOP;
use sel::id::{AssociationId, NoticeId, SavedSearchId};
use sel::saved_search::Rhythm;
use uuid::Uuid;
use words::Value;

/// Notices that are named; of the others it is said how many they are.
const SHOWN: usize = 20;
/// How long the link works that stops the letters.
const STOP_DAYS: u64 = 400;

impl Desk<'_> {
    /// What was found and is shown still: a notice that was taken back since is not told of.
    pub(super) async fn search(&mut self) -> Result<Said, Unwritten> {
        let id = SavedSearchId(self.told.subject_id);
        let search = store::saved_search::by_id(&mut self.scope, id)
            .await?
            .ok_or(Unwritten::Needless("the search is kept no longer"))?;
        if search.rhythm() == Rhythm::Never {
            return Err(Unwritten::Needless("no letters are wanted any more"));
        }
        let mut found = self.found().await?;
        if found.is_empty() {
            return Err(Unwritten::Needless("nothing of it is shown any more"));
        }
        let link = Link::Stop {
            association_id: self.scope.association_id,
            saved_search_id: id,
            member_id: self.recipient.id(),
        };
        let until = self.scope.now + Days::new(STOP_DAYS);
        let signed = link.sign(&self.worker.keys, until);
        let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
        let names = [
            ("count", Value::Number(count)),
            ("first", Value::from(found[0].clone())),
            ("search", Value::from(&search.said)),
        ];
        let say = |part: &str| self.words.say_with(&format!("mail-search-{part}"), &names);
        let more = found.len().saturating_sub(SHOWN);
        if more > 0 {
            found.truncate(SHOWN);
            let names = [(
                "count",
                Value::Number(i64::try_from(more).unwrap_or(i64::MAX)),
            )];
            found.push(self.words.say_with("mail-search-more", &names));
        }
        Ok(Said {
            subject: say("subject"),
            lines: vec![say("line")],
            button: say("button"),
            url: self.url(&format!("/annonces?{}&tri=date", search.address)),
            small: say("small"),
            stop: Some(Stop {
                words: say("stop"),
                url: self.url(&format!("{STOP}{signed}")),
            }),
            quote: found,
            ..Said::default()
        })
    }

    /// A line for each notice, ours first: what, and where.
    async fn found(&mut self) -> Result<Vec<String>, Unwritten> {
        let notices = self.told.detail["notices"].clone();
        let all: Vec<(Uuid, Uuid)> = serde_json::from_value(notices).unwrap_or_default();
        let here = self.scope.association_id;
        let all = all.into_iter();
        let all = all.map(|(sel, id)| (AssociationId(sel), NoticeId(id)));
        let (ours, theirs): (Vec<_>, Vec<_>) = all.partition(|(sel, _)| *sel == here);
        let ours: Vec<NoticeId> = ours.into_iter().map(|(_, id)| id).collect();
        let ours = store::notice::by_ids(&mut self.scope, &ours).await?;
        let theirs = store::notice::shared(&mut self.scope, &theirs).await?;
        let line = |kind, title: &str, place: &str| {
            let names = [("title", Value::from(title)), ("place", Value::from(place))];
            let key = match kind {
                sel::notice::Kind::Offer => "mail-search-offer",
                sel::notice::Kind::Want => "mail-search-want",
            };
            self.words.say_with(key, &names)
        };
        let now = self.scope.now;
        let sel = self.association.name.as_str();
        let live = ours.iter().filter(|it| it.is_live(now));
        let ours = live.map(|it| line(it.kind(), &it.title, sel));
        let theirs = theirs.iter().map(|it| {
            let place = format!("{}, {}", it.sel, it.place);
            line(it.kind(), &it.title, &place)
        });
        Ok(ours.chain(theirs).collect())
    }
}
