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
    /// How far the author may let it go; nothing is asked where there is no choice.
    pub(super) reaches: Vec<Reach>,
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
            reaches: reaches(present, Reach::Members).await?,
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
        Ok(Subject {
            id,
            author: author.ok_or(Trouble::NotFound)?,
            reaches: reaches(present, notice.reach()).await?,
            known: Some(notice),
            photos: photos.iter().map(store::notice::Photo::id).collect(),
            categories: store::category::list(&mut present.scope).await?,
        })
    }
}

/// As far as the SEL lets notices go; to allies where there are some. What a notice that goes so
/// far has can be kept, and taken back, whatever the SEL says now.
async fn reaches(present: &mut Present, known: Reach) -> Result<Vec<Reach>, Trouble> {
    let most = present.rules.notice_reach;
    let allied = most >= Reach::Allies
        && store::alliance::any_code(&mut present.scope)
            .await?
            .is_some();
    let may = |reach: &Reach| match reach {
        Reach::Allies => allied,
        reach => *reach <= most,
    };
    let reaches = Reach::ALL.into_iter();
    Ok(reaches.filter(|it| may(it) || *it == known).collect())
}

/// In whose name, among those who are here.
async fn whom(present: &mut Present, number: &str) -> Result<Member, Trouble> {
    let member = crate::member::spoken_for(present, number).await?;
    if member.left_at.is_some() {
        return Err(Trouble::NotFound);
    }
    Ok(member)
}
