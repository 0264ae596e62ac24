//! Searches that members keep.

use super::Cast;
use desk::{fresh, saved_search};
use sel::id::{NoticeId, SavedSearchId};

impl Cast<'_> {
    pub(super) async fn claire_keeps_a_search_that_finds_something(&self) {
        let id = SavedSearchId(fresh::id(self.now));
        let rhythm = sel::saved_search::Rhythm::Soon;
        let scope = self.as_claire().await;
        saved_search::save(scope, id, ("q=miel", "miel"), rhythm)
            .await
            .unwrap();
        let mut scope = self.as_claire().await;
        let search = store::saved_search::by_id(&mut scope, id).await.unwrap();
        let found = [(self.association, NoticeId(fresh::id(self.now)))];
        let told = saved_search::looked(&mut scope, &search.unwrap(), &found, self.now).await;
        assert_eq!(told.unwrap(), 1);
        scope.commit().await.unwrap();
    }
}
