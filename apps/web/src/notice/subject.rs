//! What the form of a notice is about: which notice, and in whose name.

use door::{Fields, Present, Trouble};
use sel::id::{NoticeId, PhotoId};
use sel::notice::{Reach, may_change};
use store::category::Category;
use store::member::Member;
use store::notice::Notice;

/// What a form is about.
pub(super) struct Subject {
    pub(super) id: NoticeId,
    pub(super) author: Member,
    /// The notice that is changed; none where one is written.
    pub(super) known: Option<Notice>,
    pub(super) photos: Vec<PhotoId>,
    pub(super) categories: Vec<Category>,
    /// Whether the author may show it to allies, of which there are some.
    pub(super) may_reach_allies: bool,
}

impl Subject {
    /// A notice to write, in the name that the form says.
    pub(super) async fn fresh(present: &mut Present, fields: &Fields) -> Result<Subject, Trouble> {
        Ok(Subject {
            id: fields.id("id").map(NoticeId).ok_or(Trouble::NotFound)?,
            author: whom(present, fields.get("pour")).await?,
            known: None,
            photos: Vec::new(),
            categories: store::category::list(&mut present.scope).await?,
            may_reach_allies: may_reach_allies(present).await?,
        })
    }

    /// A notice to change: one's own, or any for who enters for others.
    pub(super) async fn known(present: &mut Present, id: NoticeId) -> Result<Subject, Trouble> {
        let notice = super::visible(present, id).await?;
        let actor = present.scope.actor.as_ref();
        if !actor.is_some_and(|actor| may_change(actor, notice.standing(), None)) {
            return Err(Trouble::NotAllowed);
        }
        let author = store::member::by_id(&mut present.scope, notice.member_id()).await?;
        let photos = store::notice::photos(&mut present.scope, id).await?;
        // What goes to allies can be kept back, whether there are any now or not.
        let goes = notice.reach() == Reach::Allies;
        Ok(Subject {
            id,
            author: author.ok_or(Trouble::NotFound)?,
            known: Some(notice),
            photos: photos.iter().map(store::notice::Photo::id).collect(),
            categories: store::category::list(&mut present.scope).await?,
            may_reach_allies: goes || may_reach_allies(present).await?,
        })
    }
}

async fn may_reach_allies(present: &mut Present) -> Result<bool, Trouble> {
    if present.rules.notice_reach < Reach::Allies {
        return Ok(false);
    }
    let ally = store::alliance::any_code(&mut present.scope).await?;
    Ok(ally.is_some())
}

/// In whose name, among those who are here.
async fn whom(present: &mut Present, number: &str) -> Result<Member, Trouble> {
    let member = crate::member::spoken_for(present, number).await?;
    if member.left_at.is_some() {
        return Err(Trouble::NotFound);
    }
    Ok(member)
}
