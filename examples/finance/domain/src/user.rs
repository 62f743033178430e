//! A user, and the rules of what may happen to one.

use std::fmt;
use std::time::SystemTime;

use underpin_id::{Id, Prefix};

use crate::{Email, UserEvent, UserFact};

/// The id of a user: `user_01h455vb4pex5vsknk084sn02q`.
pub type UserId = Id<User>;

impl Prefix for User {
    const PREFIX: &'static str = "user";
}

/// A user. Every change goes through a method, which notes the event that it means.
#[derive(Debug)]
pub struct User {
    state: UserState,
    events: Vec<UserEvent>,
}

/// All that a storage must keep of a user, and all that it needs to give one back.
///
/// Exhaustive on purpose: a field more stops the build of every adapter that does not keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserState {
    /// Who it is.
    pub id: UserId,
    /// Where mail goes.
    pub email: Email,
    /// Whether the user has shown that the address is theirs.
    pub email_verified: bool,
    /// When the user registered.
    pub created_at: SystemTime,
    /// When something changed last.
    pub updated_at: SystemTime,
}

impl User {
    /// A new user, with an address that nobody has verified yet.
    #[must_use]
    pub fn register(email: Email, now: SystemTime) -> Self {
        let state =
            UserState { id: UserId::new(), email, email_verified: false, created_at: now, updated_at: now };
        let fact = UserFact::Registered { email: state.email.clone() };
        let events = vec![UserEvent::new(state.id, now, fact)];
        Self { state, events }
    }

    /// A user whom a storage has kept. Nothing happens to them by that.
    #[must_use]
    pub fn restore(state: UserState) -> Self {
        Self { state, events: Vec::new() }
    }

    /// Notes that the user has shown that the address is theirs.
    ///
    /// # Errors
    /// If that was known already.
    pub fn verify_email(&mut self, now: SystemTime) -> Result<(), AlreadyVerified> {
        if self.state.email_verified {
            return Err(AlreadyVerified);
        }
        self.state.email_verified = true;
        self.happened(now, UserFact::EmailVerified { email: self.state.email.clone() });
        Ok(())
    }

    /// Gives the user another address, which is to be verified anew. The address that they have is no change.
    pub fn change_email(&mut self, email: Email, now: SystemTime) {
        if self.state.email == email {
            return;
        }
        let from = std::mem::replace(&mut self.state.email, email.clone());
        self.state.email_verified = false;
        self.happened(now, UserFact::EmailChanged { from, to: email });
    }

    /// The events since the user was made or loaded, the oldest first; each is taken once.
    #[must_use = "an event that is taken and not kept is lost"]
    pub fn take_events(&mut self) -> Vec<UserEvent> {
        std::mem::take(&mut self.events)
    }

    /// All that a storage must keep.
    #[must_use]
    pub fn state(&self) -> &UserState {
        &self.state
    }

    /// Who it is.
    #[must_use]
    pub fn id(&self) -> UserId {
        self.state.id
    }

    /// Where mail goes.
    #[must_use]
    pub fn email(&self) -> &Email {
        &self.state.email
    }

    /// Whether the user has shown that the address is theirs.
    #[must_use]
    pub fn email_verified(&self) -> bool {
        self.state.email_verified
    }

    fn happened(&mut self, now: SystemTime, fact: UserFact) {
        self.state.updated_at = now;
        self.events.push(UserEvent::new(self.state.id, now, fact));
    }
}

/// The address was verified before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadyVerified;

impl fmt::Display for AlreadyVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the email address is verified already")
    }
}

impl std::error::Error for AlreadyVerified {}

/// Another user has the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmailTaken;

impl fmt::Display for EmailTaken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the email address belongs to another user")
    }
}

impl std::error::Error for EmailTaken {}

/// There is no user with this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserNotFound(pub UserId);

impl fmt::Display for UserNotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no user {}", self.0)
    }
}

impl std::error::Error for UserNotFound {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::DomainEvent;

    fn at(second: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(second)
    }

    fn email(text: &str) -> Email {
        text.parse().expect(text)
    }

    /// A user who was kept by a storage, so that nothing is waiting.
    fn ana() -> User {
        let registered = User::register(email("ana@example.org"), at(1));
        User::restore(registered.state().clone())
    }

    fn event_types(user: &mut User) -> Vec<&'static str> {
        user.take_events().iter().map(DomainEvent::event_type).collect()
    }

    #[test]
    fn registering_raises_one_event_with_all_that_is_known() {
        let mut user = User::register(email("ana@example.org"), at(1));
        assert!(!user.email_verified());
        let events = user.take_events();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].event_type(), "UserRegistered");
        assert_eq!(UserEvent::AGGREGATE_TYPE, "User");
        assert_eq!(events[0].aggregate_id(), user.id().to_string());
        assert_eq!(events[0].occurred_at(), at(1));
        assert_eq!(events[0].payload(), &UserFact::Registered { email: email("ana@example.org") });
        assert!(user.take_events().is_empty(), "an event is taken once");
    }

    #[test]
    fn ids_differ_and_name_their_kind() {
        let (a, b) = (User::register(email("a@b.c"), at(1)), User::register(email("a@b.c"), at(1)));
        assert_ne!(a.id(), b.id());
        assert!(a.id().to_string().starts_with("user_"));
    }

    #[test]
    fn a_restored_user_has_no_events() {
        assert!(ana().take_events().is_empty());
    }

    #[test]
    fn an_address_is_verified_once() {
        let mut user = ana();
        assert_eq!(user.verify_email(at(2)), Ok(()));
        assert_eq!(user.verify_email(at(3)), Err(AlreadyVerified));
        assert!(user.email_verified());
        assert_eq!(user.state().updated_at, at(2), "what is refused changes nothing");
        assert_eq!(event_types(&mut user), ["EmailVerified"]);
    }

    #[test]
    fn another_address_is_to_be_verified_anew() {
        let mut user = ana();
        user.verify_email(at(2)).expect("it was not verified");
        user.change_email(email("ana@example.com"), at(3));
        assert!(!user.email_verified());
        assert_eq!((user.state().created_at, user.state().updated_at), (at(1), at(3)));
        let last = user.take_events().pop().expect("two events");
        let (from, to) = (email("ana@example.org"), email("ana@example.com"));
        assert_eq!(last.payload(), &UserFact::EmailChanged { from, to });
        assert_eq!(last.event_type(), "EmailChanged");
        assert_eq!(user.verify_email(at(4)), Ok(()));
    }

    #[test]
    fn the_same_address_is_no_change() {
        let mut user = ana();
        user.verify_email(at(2)).expect("it was not verified");
        user.change_email(email("Ana@example.org"), at(3));
        assert!(user.email_verified());
        assert_eq!(event_types(&mut user), ["EmailVerified"]);
    }
}
