//! What the items of a file declare, and which of their parts are signature or body.

use syn::{
    Fields, ForeignItem, ImplItem, Item as SynItem, Signature, TraitItem, ext::IdentExt as _, visit::Visit,
};

use super::{
    Import, ImportTarget, Item, ItemKind, ModuleDeclaration, Place, Visibility,
    attributes::Switches,
    extract::{Extractor, place},
    use_tree::{self, Binds},
};

impl Extractor {
    /// Walks through an item, whose attributes are in force already.
    pub(super) fn item(&mut self, item: &SynItem, switches: &Switches) {
        match item {
            SynItem::Mod(item) => self.module(item, switches),
            SynItem::Use(item) => self.import(item),
            SynItem::ExternCrate(item) => self.extern_crate(item),
            SynItem::Macro(item) => self.macro_item(item, switches),
            SynItem::Fn(item) => {
                self.declare(&item.sig.ident, ItemKind::Value, &item.vis, Vec::new());
                let public = is_public(&item.vis);
                self.without_locals(|extractor| extractor.function(&item.sig, Some(&item.block), public));
            }
            SynItem::Struct(item) => {
                let kind = match item.fields {
                    Fields::Named(_) => ItemKind::Type,
                    _ => ItemKind::Constructor,
                };
                self.declare(&item.ident, kind, &item.vis, Vec::new());
                self.generic(&item.generics, is_public(&item.vis), |extractor| {
                    extractor.fields(&item.fields, is_public(&item.vis), false);
                });
            }
            SynItem::Union(item) => {
                self.declare(&item.ident, ItemKind::Type, &item.vis, Vec::new());
                self.generic(&item.generics, is_public(&item.vis), |extractor| {
                    item.fields.named.iter().for_each(|field| extractor.field(field, is_public(&field.vis)));
                });
            }
            SynItem::Enum(item) => self.enumeration(item),
            SynItem::Trait(item) => self.trait_item(item),
            SynItem::Impl(item) => self.implementation(item),
            SynItem::Type(item) => {
                self.declare(&item.ident, ItemKind::Type, &item.vis, Vec::new());
                self.generic(&item.generics, is_public(&item.vis), |extractor| {
                    extractor.visit_type(&item.ty)
                });
            }
            SynItem::TraitAlias(item) => {
                self.declare(&item.ident, ItemKind::Trait, &item.vis, Vec::new());
                self.generic(&item.generics, is_public(&item.vis), |extractor| {
                    item.bounds.iter().for_each(|bound| extractor.visit_type_param_bound(bound));
                });
            }
            SynItem::Const(item) => {
                self.declare(&item.ident, ItemKind::Value, &item.vis, Vec::new());
                self.generic(&item.generics, is_public(&item.vis), |extractor| {
                    extractor.visit_type(&item.ty);
                    extractor.on_surface(false, |extractor| extractor.visit_expr(&item.expr));
                });
            }
            SynItem::Static(item) => {
                self.declare(&item.ident, ItemKind::Value, &item.vis, Vec::new());
                self.without_locals(|extractor| {
                    extractor.on_surface(is_public(&item.vis), |extractor| extractor.visit_type(&item.ty));
                    extractor.visit_expr(&item.expr);
                });
            }
            SynItem::ForeignMod(item) => {
                item.items.iter().for_each(|item| self.foreign(item));
            }
            SynItem::Verbatim(tokens) => self.opaque(tokens.clone()),
            _ => {}
        }
    }

    fn declare(&mut self, name: &syn::Ident, kind: ItemKind, vis: &syn::Visibility, variants: Vec<String>) {
        let visibility = self.visibility(vis);
        self.declare_as(&name.unraw().to_string(), kind, visibility, variants);
    }

    pub(super) fn declare_as(
        &mut self,
        name: &str,
        kind: ItemKind,
        visibility: Visibility,
        variants: Vec<String>,
    ) {
        let name = self.name(name);
        let variants = variants.iter().map(|variant| self.name(variant)).collect();
        let when = self.when;
        self.here().items.push(Item { name, kind, visibility, when, variants });
    }

    fn module(&mut self, item: &syn::ItemMod, switches: &Switches) {
        let name = self.name(&item.ident.unraw().to_string());
        let visibility = self.visibility(&item.vis);
        let line = u32::try_from(item.ident.span().start().line).unwrap_or(u32::MAX);
        let body = item.content.as_ref().map(|(_, items)| {
            let mut body = 0;
            self.without_locals(|extractor| {
                body =
                    extractor.in_scope(false, |inner| items.iter().for_each(|item| inner.visit_item(item)));
            });
            body
        });
        let when = self.when;
        let declaration = ModuleDeclaration {
            name,
            line,
            visibility,
            when,
            gated: switches.gated || switches.test || self.in_macro,
            files: switches.files.clone(),
            moved: switches.moved,
            body,
        };
        self.here().modules.push(declaration);
    }

    fn import(&mut self, item: &syn::ItemUse) {
        let visibility = self.visibility(&item.vis);
        let mut leaves = Vec::new();
        use_tree::flatten(&item.tree, &mut Vec::new(), &mut |leaf| leaves.push(leaf));
        for leaf in leaves {
            let only_self = leaf.words == ["self"];
            let leading = item.leading_colon.is_some();
            let place = if only_self { Some((Place::Up(0), Vec::new())) } else { place(leaf.words, leading) };
            let Some((place, words)) = place else { continue };
            let path = words.iter().map(|word| self.name(word)).collect();
            let target = match leaf.binds {
                Binds::Name(name) => ImportTarget::Name(self.name(&name)),
                Binds::Nothing => ImportTarget::Nothing,
                Binds::Glob => ImportTarget::Glob,
            };
            let (when, line, visibility) = (self.when, leaf.line, visibility.clone());
            self.here().imports.push(Import { place, path, target, visibility, when, line });
        }
    }

    fn extern_crate(&mut self, item: &syn::ItemExternCrate) {
        let name = item.ident.unraw().to_string();
        let bound = item.rename.as_ref().map_or_else(|| name.clone(), |(_, to)| to.unraw().to_string());
        let visibility = self.visibility(&item.vis);
        let own = name == "self";
        let path = if own { Vec::new() } else { vec![self.name(&name)] };
        let place = if own { Place::Root } else { Place::Extern };
        let target = ImportTarget::Crate(self.name(&bound));
        let line = u32::try_from(item.ident.span().start().line).unwrap_or(u32::MAX);
        let when = self.when;
        self.here().imports.push(Import { place, path, target, visibility, when, line });
    }

    /// Does something with generics in scope and in a signature.
    fn generic(&mut self, generics: &syn::Generics, surface: bool, work: impl FnOnce(&mut Self)) {
        self.without_locals(|extractor| {
            extractor.locals.bind_generics(generics);
            extractor.on_surface(surface, |extractor| {
                extractor.visit_generics(generics);
                work(extractor);
            });
        });
    }

    fn fields(&mut self, fields: &Fields, public: bool, all: bool) {
        for field in fields {
            self.field(field, public && (all || is_public(&field.vis)));
        }
    }

    fn field(&mut self, field: &syn::Field, surface: bool) {
        self.under(&field.attrs, |extractor, _| {
            extractor.attributes(&field.attrs);
            extractor.on_surface(surface, |extractor| extractor.visit_type(&field.ty));
        });
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let variants = item.variants.iter().map(|variant| variant.ident.unraw().to_string()).collect();
        self.declare(&item.ident, ItemKind::Enum, &item.vis, variants);
        let public = is_public(&item.vis);
        self.generic(&item.generics, public, |extractor| {
            for variant in &item.variants {
                extractor.under(&variant.attrs, |extractor, _| {
                    extractor.attributes(&variant.attrs);
                    extractor.fields(&variant.fields, public, true);
                    if let Some((_, value)) = &variant.discriminant {
                        extractor.on_surface(false, |extractor| extractor.visit_expr(value));
                    }
                });
            }
        });
    }

    fn trait_item(&mut self, item: &syn::ItemTrait) {
        self.declare(&item.ident, ItemKind::Trait, &item.vis, Vec::new());
        self.generic(&item.generics, is_public(&item.vis), |extractor| {
            item.supertraits.iter().for_each(|bound| extractor.visit_type_param_bound(bound));
            for member in &item.items {
                extractor.trait_member(member, is_public(&item.vis));
            }
        });
    }

    fn trait_member(&mut self, member: &TraitItem, public: bool) {
        match member {
            TraitItem::Fn(member) => self.under(&member.attrs, |extractor, _| {
                extractor.attributes(&member.attrs);
                extractor.function(&member.sig, member.default.as_ref(), public);
            }),
            TraitItem::Const(member) => self.under(&member.attrs, |extractor, _| {
                extractor.visit_type(&member.ty);
                if let Some((_, value)) = &member.default {
                    extractor.on_surface(false, |extractor| extractor.visit_expr(value));
                }
            }),
            other => self.visit_trait_item(other),
        }
    }

    fn implementation(&mut self, item: &syn::ItemImpl) {
        let of_trait = item.trait_.is_some();
        self.generic(&item.generics, of_trait, |extractor| {
            if let Some((path, _)) = &item.trait_ {
                extractor.visit_path(path);
            }
            extractor.visit_type(&item.self_ty);
            item.items.iter().for_each(|member| extractor.impl_member(member, of_trait));
        });
    }

    fn impl_member(&mut self, member: &ImplItem, of_trait: bool) {
        match member {
            ImplItem::Fn(member) => self.under(&member.attrs, |extractor, _| {
                extractor.attributes(&member.attrs);
                extractor.function(&member.sig, Some(&member.block), of_trait || is_public(&member.vis));
            }),
            ImplItem::Const(member) => self.under(&member.attrs, |extractor, _| {
                let surface = of_trait || is_public(&member.vis);
                extractor.on_surface(surface, |extractor| extractor.visit_type(&member.ty));
                extractor.on_surface(false, |extractor| extractor.visit_expr(&member.expr));
            }),
            other => self.visit_impl_item(other),
        }
    }

    fn foreign(&mut self, item: &ForeignItem) {
        match item {
            ForeignItem::Fn(item) => {
                self.declare(&item.sig.ident, ItemKind::Value, &item.vis, Vec::new());
                self.without_locals(|extractor| {
                    extractor.function(&item.sig, None, is_public(&item.vis));
                });
            }
            ForeignItem::Static(item) => {
                self.declare(&item.ident, ItemKind::Value, &item.vis, Vec::new());
                self.visit_type(&item.ty);
            }
            ForeignItem::Type(item) => self.declare(&item.ident, ItemKind::Type, &item.vis, Vec::new()),
            other => self.visit_foreign_item(other),
        }
    }

    fn function(&mut self, signature: &Signature, body: Option<&syn::Block>, public: bool) {
        self.forgetting(|extractor| {
            extractor.locals.bind_generics(&signature.generics);
            extractor.on_surface(public, |extractor| {
                extractor.visit_generics(&signature.generics);
                signature.inputs.iter().for_each(|input| extractor.visit_fn_arg(input));
                extractor.visit_return_type(&signature.output);
            });
            for input in &signature.inputs {
                if let syn::FnArg::Typed(input) = input {
                    extractor.locals.bind(&input.pat);
                }
            }
            if let Some(body) = body {
                extractor.on_surface(false, |extractor| extractor.visit_block(body));
            }
        });
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}
