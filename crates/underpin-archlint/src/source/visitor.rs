//! The walk through expressions, types and patterns.

use syn::{
    Attribute, Expr, Meta, Stmt,
    visit::{self, Visit},
};

use super::{
    PathKind, Space,
    attributes::{is_built_in, list, paths_in_texts, unwrapped},
    extract::Extractor,
    local_names::starts_with_capital,
    tokens,
};

impl Extractor {
    /// Writes down what a list of attributes names.
    pub(super) fn attributes(&mut self, attributes: &[Attribute]) {
        unwrapped(attributes, &mut |meta, test| {
            let before = self.when;
            self.when.test |= test;
            self.attribute(meta);
            self.when = before;
        });
    }

    fn attribute(&mut self, meta: &Meta) {
        if meta.path().is_ident("derive") {
            for derived in list(meta) {
                let path = derived.path();
                self.path(path, path.segments.len(), PathKind::Derive, Space::Macro);
            }
            return;
        }
        if is_built_in(meta) {
            return;
        }
        self.path(meta.path(), meta.path().segments.len(), PathKind::Attribute, Space::Macro);
        match meta {
            Meta::List(list) => {
                let tokens = list.tokens.clone();
                tokens::scan(tokens, &mut |run| self.run(run, PathKind::Attribute));
                paths_in_texts(&list.tokens, &mut |text, line| {
                    let leading = text.starts_with("::");
                    let words = text.trim_start_matches("::").split("::").map(str::to_owned).collect();
                    self.words(words, leading, PathKind::Attribute, Space::Unknown, line);
                });
            }
            Meta::NameValue(pair) => self.visit_expr(&pair.value),
            Meta::Path(_) => {}
        }
    }

    /// The arguments of the segments of a path.
    fn arguments(&mut self, path: &syn::Path) {
        path.segments.iter().for_each(|segment| self.visit_path_arguments(&segment.arguments));
    }

    fn qualified(&mut self, qself: Option<&syn::QSelf>, path: &syn::Path, space: Space) {
        match qself {
            Some(qself) => {
                self.visit_type(&qself.ty);
                if qself.position > 0 {
                    self.path(path, qself.position, PathKind::Path, Space::Type);
                }
            }
            None => self.path(path, path.segments.len(), PathKind::Path, space),
        }
        self.arguments(path);
    }
}

impl<'ast> Visit<'ast> for Extractor {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = attributes_of(item);
        self.under(attributes, |extractor, switches| {
            extractor.attributes(attributes);
            extractor.item(item, switches);
        });
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        self.attributes(std::slice::from_ref(attribute));
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_block(&mut self, block: &'ast syn::Block) {
        let declares =
            block.stmts.iter().any(|statement| matches!(statement, Stmt::Item(item) if !is_call(item)));
        self.forgetting(|extractor| {
            if declares {
                extractor.in_scope(true, |inner| visit::visit_block(inner, block));
            } else {
                visit::visit_block(extractor, block);
            }
        });
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let attributes = match statement {
            Stmt::Local(local) => &local.attrs[..],
            Stmt::Macro(call) => &call.attrs[..],
            Stmt::Expr(expression, _) => attributes_of_expression(expression),
            Stmt::Item(_) => &[],
        };
        self.under(attributes, |extractor, _| visit::visit_stmt(extractor, statement));
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            self.visit_local_init(init);
        }
        self.visit_pat(&local.pat);
        self.locals.bind(&local.pat);
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        self.forgetting(|extractor| {
            closure.inputs.iter().for_each(|input| {
                extractor.visit_pat(input);
                extractor.locals.bind(input);
            });
            extractor.visit_return_type(&closure.output);
            extractor.visit_expr(&closure.body);
        });
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.under(&arm.attrs, |extractor, _| {
            extractor.forgetting(|extractor| {
                extractor.locals.bind(&arm.pat);
                extractor.visit_pat(&arm.pat);
                extractor.visit_expr(&arm.body);
            });
        });
    }

    fn visit_expr_let(&mut self, expression: &'ast syn::ExprLet) {
        self.visit_expr(&expression.expr);
        self.visit_pat(&expression.pat);
        self.locals.bind(&expression.pat);
    }

    fn visit_expr_if(&mut self, expression: &'ast syn::ExprIf) {
        self.forgetting(|extractor| {
            extractor.visit_expr(&expression.cond);
            extractor.visit_block(&expression.then_branch);
        });
        if let Some((_, otherwise)) = &expression.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, expression: &'ast syn::ExprWhile) {
        self.forgetting(|extractor| visit::visit_expr_while(extractor, expression));
    }

    fn visit_expr_for_loop(&mut self, expression: &'ast syn::ExprForLoop) {
        self.visit_expr(&expression.expr);
        self.forgetting(|extractor| {
            extractor.visit_pat(&expression.pat);
            extractor.locals.bind(&expression.pat);
            extractor.visit_block(&expression.body);
        });
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.macro_call(mac);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.qualified(None, path, Space::Type);
    }

    fn visit_type_path(&mut self, ty: &'ast syn::TypePath) {
        self.qualified(ty.qself.as_ref(), &ty.path, Space::Type);
    }

    fn visit_expr_path(&mut self, expression: &'ast syn::ExprPath) {
        self.qualified(expression.qself.as_ref(), &expression.path, Space::Value);
    }

    fn visit_expr_struct(&mut self, expression: &'ast syn::ExprStruct) {
        self.qualified(expression.qself.as_ref(), &expression.path, Space::Type);
        expression.fields.iter().for_each(|field| self.visit_field_value(field));
        if let Some(rest) = &expression.rest {
            self.visit_expr(rest);
        }
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'ast syn::PatTupleStruct) {
        self.qualified(pattern.qself.as_ref(), &pattern.path, Space::Value);
        pattern.elems.iter().for_each(|element| self.visit_pat(element));
    }

    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        let name = pattern.ident.to_string();
        if starts_with_capital(&name) && pattern.by_ref.is_none() && pattern.mutability.is_none() {
            let path = syn::Path::from(pattern.ident.clone());
            self.path(&path, 1, PathKind::Path, Space::Value);
        }
        if let Some((_, inner)) = &pattern.subpat {
            self.visit_pat(inner);
        }
    }

    fn visit_type(&mut self, ty: &'ast syn::Type) {
        match ty {
            syn::Type::Verbatim(tokens) => self.opaque(tokens.clone()),
            other => visit::visit_type(self, other),
        }
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Verbatim(tokens) => self.opaque(tokens.clone()),
            other => visit::visit_expr(self, other),
        }
    }
}

fn is_call(item: &syn::Item) -> bool {
    matches!(item, syn::Item::Macro(item) if item.ident.is_none())
}

fn attributes_of(item: &syn::Item) -> &[Attribute] {
    use syn::Item;
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::ForeignMod(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn attributes_of_expression(expression: &Expr) -> &[Attribute] {
    match expression {
        Expr::Assign(expression) => &expression.attrs,
        Expr::Block(expression) => &expression.attrs,
        Expr::Call(expression) => &expression.attrs,
        Expr::If(expression) => &expression.attrs,
        Expr::Macro(expression) => &expression.attrs,
        Expr::Match(expression) => &expression.attrs,
        Expr::MethodCall(expression) => &expression.attrs,
        Expr::Return(expression) => &expression.attrs,
        Expr::Unsafe(expression) => &expression.attrs,
        _ => &[],
    }
}
