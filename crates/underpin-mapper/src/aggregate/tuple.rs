//! Tuples of parts.

use underpin_core::{BoxFuture, Result};
use underpin_schema::{Node, Table, TableDef};
use underpin_sql::driver::Connection;

use super::part::Part;
use super::verify::{self, Path};
use super::{Parts, read, track};
use crate::identity::IdentityMap;

impl Parts for () {
    const NONE: bool = true;

    #[inline]
    fn nothing() -> Option<()> {
        Some(())
    }

    fn verify(_: &'static TableDef, _: &mut Path) -> Result<()> {
        Ok(())
    }

    fn read<'a, P: Table>(_: &'a mut dyn Connection, parents: &'a [P]) -> BoxFuture<'a, Result<Vec<()>>> {
        Box::pin(async move { Ok(vec![(); parents.len()]) })
    }

    fn load<'a, P: Table>(
        _: &'a mut dyn Connection,
        _: &'a mut IdentityMap,
        _: &'a [usize],
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    #[inline]
    fn known<P: Table>(_: &mut IdentityMap, _: usize) -> Result<()> {
        Ok(())
    }

    #[inline]
    fn put<P: Table>(_: &mut IdentityMap, _: usize, (): ()) -> Result<bool> {
        Ok(false)
    }

    #[inline]
    fn make_room<N: Node<Parts = ()>>(_: &mut IdentityMap, _: &[N]) -> Result<()> {
        Ok(())
    }

    #[inline]
    fn attach<P: Table>(_: &mut IdentityMap, _: usize, (): ()) -> Result<()> {
        Ok(())
    }

    #[inline]
    fn remove<P: Table>(_: &mut IdentityMap, _: usize) -> Result<()> {
        Ok(())
    }
}

macro_rules! tuple_of_parts {
    ($($name:ident $position:tt),+) => {
        #[allow(non_snake_case)] // the names are those of the type parameters
        impl<$($name: Part),+> Parts for ($($name,)+) {
            const NONE: bool = false;

            fn nothing() -> Option<Self> {
                None
            }

            fn verify(parent: &'static TableDef, path: &mut Path) -> Result<()> {
                $(verify::part::<$name>(parent, path)?;)+
                Ok(())
            }

            fn read<'a, T: Table>(
                connection: &'a mut dyn Connection,
                parents: &'a [T],
            ) -> BoxFuture<'a, Result<Vec<Self>>> {
                Box::pin(async move {
                    $(let mut $name = read::parts::<$name, T>(connection, parents).await?.into_iter();)+
                    // Each has one for each parent.
                    Ok(std::iter::from_fn(|| Some(($($name.next()?,)+))).collect())
                })
            }

            fn load<'a, T: Table>(
                connection: &'a mut dyn Connection,
                map: &'a mut IdentityMap,
                parents: &'a [usize],
            ) -> BoxFuture<'a, Result<()>> {
                Box::pin(async move {
                    $(read::into_map::<$name, T>(connection, map, parents).await?;)+
                    Ok(())
                })
            }

            fn known<T: Table>(map: &mut IdentityMap, parent: usize) -> Result<Self> {
                Ok(($(track::known::<$name, T>(map, parent)?,)+))
            }

            fn put<T: Table>(map: &mut IdentityMap, parent: usize, rows: Self) -> Result<bool> {
                let ($($name,)+) = rows;
                let mut changed = false;
                $(changed |= track::put::<$name, T>(map, parent, $name)?;)+
                Ok(changed)
            }

            fn make_room<N: Node<Parts = Self>>(map: &mut IdentityMap, parents: &[N]) -> Result<()> {
                $(
                    let parts = parents.iter().map(|parent| parent.parts().$position.count()).sum();
                    track::make_room::<$name, N::Row>(map, parents.len(), parts)?;
                )+
                Ok(())
            }

            fn attach<T: Table>(map: &mut IdentityMap, parent: usize, rows: Self) -> Result<()> {
                let ($($name,)+) = rows;
                $(track::attach::<$name, T>(map, parent, $name)?;)+
                Ok(())
            }

            fn remove<T: Table>(map: &mut IdentityMap, parent: usize) -> Result<()> {
                $(track::remove::<$name, T>(map, parent)?;)+
                Ok(())
            }
        }
    };
}

tuple_of_parts!(A 0);
tuple_of_parts!(A 0, B 1);
tuple_of_parts!(A 0, B 1, C 2);
tuple_of_parts!(A 0, B 1, C 2, D 3);
tuple_of_parts!(A 0, B 1, C 2, D 3, E 4);
tuple_of_parts!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_of_parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_of_parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
