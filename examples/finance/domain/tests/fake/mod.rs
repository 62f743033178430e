//! A storage for tests of use cases: a map behind a lock, and what was published.

use std::collections::{BTreeMap, HashSet};
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};

use finance_domain::{
    Email, EmailTaken, Failure, Secret, SecretType, SecretValue, SecretVault, Storage, UnitOfWork, User,
    UserEvent, UserId, UserRepository, UserState,
};

#[derive(Default)]
pub struct FakeStorage {
    kept: Mutex<Kept>,
    is_late: bool,
}

#[derive(Default)]
pub struct Kept {
    pub users: BTreeMap<UserId, UserState>,
    pub events: Vec<UserEvent>,
    pub secrets: BTreeMap<(UserId, SecretType), String>,
    pub commits: usize,
}

pub struct FakeUnitOfWork<'s> {
    storage: &'s FakeStorage,
    states: Vec<UserState>,
    events: Vec<UserEvent>,
    /// What was put, and what was forgotten.
    secrets: Vec<((UserId, SecretType), Option<String>)>,
}

pub struct FakeSecrets<'u, 's>(&'u mut FakeUnitOfWork<'s>);

pub struct FakeUsers<'u, 's>(&'u mut FakeUnitOfWork<'s>);

impl FakeStorage {
    /// One in which `taken` sees nothing, as when somebody else commits right after the question.
    pub fn late() -> Self {
        Self { is_late: true, ..Self::default() }
    }

    pub fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn emails(&self) -> Vec<String> {
        let mut emails: Vec<_> = self.kept().users.values().map(|user| user.email.to_string()).collect();
        emails.sort();
        emails
    }
}

impl<'s> Storage for &'s FakeStorage {
    type Error = Infallible;
    type UnitOfWork = FakeUnitOfWork<'s>;

    async fn begin(&self) -> Result<FakeUnitOfWork<'s>, Failure<Infallible>> {
        Ok(FakeUnitOfWork { storage: self, states: Vec::new(), events: Vec::new(), secrets: Vec::new() })
    }
}

impl<'s> UnitOfWork for FakeUnitOfWork<'s> {
    type Error = Infallible;
    type Users<'a>
        = FakeUsers<'a, 's>
    where
        Self: 'a;

    type Secrets<'a>
        = FakeSecrets<'a, 's>
    where
        Self: 'a;

    fn secrets(&mut self) -> FakeSecrets<'_, 's> {
        FakeSecrets(self)
    }

    fn users(&mut self) -> FakeUsers<'_, 's> {
        FakeUsers(self)
    }

    async fn commit(self) -> Result<(), Failure<Infallible>> {
        let mut kept = self.storage.kept();
        let mut after = kept.users.clone();
        after.extend(self.states.into_iter().map(|state| (state.id, state)));
        let distinct: HashSet<_> = after.values().map(|state| &state.email).collect();
        if distinct.len() < after.len() {
            return Err(EmailTaken.into());
        }
        kept.users = after;
        kept.events.extend(self.events);
        for (place, value) in self.secrets {
            match value {
                Some(value) => kept.secrets.insert(place, value),
                None => kept.secrets.remove(&place),
            };
        }
        kept.commits += 1;
        Ok(())
    }
}

impl UserRepository for FakeUsers<'_, '_> {
    type Error = Infallible;

    async fn get(&mut self, id: UserId) -> Result<Option<User>, Failure<Infallible>> {
        Ok(self.0.storage.kept().users.get(&id).cloned().map(User::restore))
    }

    async fn taken(&mut self, emails: &[Email]) -> Result<HashSet<Email>, Failure<Infallible>> {
        if self.0.storage.is_late {
            return Ok(HashSet::new());
        }
        let kept = self.0.storage.kept();
        let emails = emails.iter().filter(|email| kept.users.values().any(|user| user.email == **email));
        Ok(emails.cloned().collect())
    }

    fn add(&mut self, user: &mut User) -> Result<(), Failure<Infallible>> {
        self.save(user)
    }

    fn save(&mut self, user: &mut User) -> Result<(), Failure<Infallible>> {
        self.0.states.push(user.state().clone());
        self.0.events.extend(user.take_events());
        Ok(())
    }
}

impl SecretVault for FakeSecrets<'_, '_> {
    type Error = Infallible;

    async fn put(&mut self, secret: &Secret) -> Result<(), Infallible> {
        let place = (secret.owner(), secret.secret_type().clone());
        self.0.secrets.push((place, Some(secret.value().expose().to_owned())));
        Ok(())
    }

    async fn open(
        &mut self,
        owner: UserId,
        secret_type: &SecretType,
    ) -> Result<Option<SecretValue>, Infallible> {
        let kept = self.0.storage.kept();
        Ok(kept.secrets.get(&(owner, secret_type.clone())).map(SecretValue::new))
    }

    async fn list(&mut self, owner: UserId) -> Result<Vec<SecretType>, Infallible> {
        let kept = self.0.storage.kept();
        Ok(kept.secrets.keys().filter(|(of, _)| *of == owner).map(|(_, name)| name.clone()).collect())
    }

    async fn forget(&mut self, owner: UserId, secret_type: &SecretType) -> Result<bool, Infallible> {
        let place = (owner, secret_type.clone());
        let is_kept = self.0.storage.kept().secrets.contains_key(&place);
        self.0.secrets.push((place, None));
        Ok(is_kept)
    }
}
