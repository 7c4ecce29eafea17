// SPDX-License-Identifier: MIT
#include "storeactions.h"

#include "expirydialog.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "table/sessionmodel.h"
#include "table/sessionview.h"

#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int PageSize = 1000;

StoreActions::StoreActions(OpenStore *store, Editor *editor, SessionModel *model, SessionView *view)
    : QObject(view), m_store(store), m_editor(editor), m_model(model), m_view(view), m_walk(store->reader())
{ }

QString StoreActions::describe(const Sessions &sessions)
{
    if (sessions.size() == 1)
        return Format::shortKey(sessions.first().key);
    QSet<QString> users;
    for (const SessionInfo &session : sessions)
        users.insert(session.user);
    const bool anonymous = users.remove(QString());
    const QString count = tr("%Ln sessions", nullptr, int(sessions.size()));
    if (users.isEmpty())
        return count;
    if (users.size() == 1 && !anonymous)
        return tr("%1 of %2", "214 sessions of ann").arg(count, Foreign::line(*users.begin(), 40));
    return tr("%1 of %2", "214 sessions of 31 users").arg(count, tr("%Ln users", nullptr, int(users.size())));
}

void StoreActions::gather(Scope scope, const Found &then)
{
    stopCounting();
    SessionQuery query = m_model->query();
    query.limit = PageSize;
    if (scope == Shown || (m_view->isSelectionPartlyKnown() && m_view->isAllSelected())) {
        walk(query, false, then);
    } else if (m_view->isSelectionPartlyKnown()) {
        walkRows(m_view->selectedRows(), {}, then);
    } else {
        QSet<SessionKey> loaded; // ghosts too: there is nothing to be found of them
        m_model->rows().forEach([&loaded](int, const SessionRow &row) { loaded.insert(row.info.key); });
        QList<SessionKey> rest = m_view->selectedKeys();
        rest.removeIf([&loaded](const SessionKey &key) { return loaded.contains(key); });
        loadRest(rest, m_view->selectedSessions(), then);
    }
    if (isCounting())
        Q_EMIT counting(0); // the store takes its time
}

/// Everything that \a query finds and, unless \a all, the filter shows.
void StoreActions::walk(SessionQuery query, bool all, const Found &then)
{
    const auto found = std::make_shared<Sessions>();
    m_walk.start(
        query,
        [this, found, all](const SessionPage &page, SessionQuery &) {
            for (const SessionRecord &record : page.records) {
                if (all || m_model->matches(record))
                    *found << record;
            }
            Q_EMIT counting(int(found->size()));
            return true;
        },
        [this, found, then](const std::optional<Error> &error) {
            if (error)
                return failCounting(*error);
            stopCounting();
            then(*found);
        });
}

/// The sessions in these blocks of rows, of which some are not loaded.
void StoreActions::walkRows(QList<std::pair<int, int>> rows, Sessions found, const Found &then)
{
    if (rows.isEmpty()) {
        stopCounting();
        then(found);
        return;
    }
    const auto [first, last] = rows.takeFirst();
    SessionQuery query = m_model->query();
    query.offset = m_model->rows().offsetOf(first);
    const qsizetype wanted = found.size() + m_model->rows().offsetOf(last + 1) - query.offset;
    query.limit = int(std::min<qsizetype>(PageSize, wanted - found.size()));
    if (query.limit <= 0)
        return walkRows(rows, found, then);
    const auto all = std::make_shared<Sessions>(found);
    m_walk.start(
        query,
        [this, all, wanted](const SessionPage &page, SessionQuery &next) {
            for (const SessionRecord &record : page.records)
                *all << record;
            Q_EMIT counting(int(all->size()));
            next.limit = int(std::min<qsizetype>(PageSize, wanted - all->size()));
            return next.limit > 0;
        },
        [=, this](const std::optional<Error> &error) {
            if (error)
                return failCounting(*error);
            walkRows(rows, *all, then);
        });
}

/// Adds \a keys: they were selected and have been forgotten since, far from what is in view.
void StoreActions::loadRest(const QList<SessionKey> &keys, const Sessions &known, const Found &then)
{
    if (keys.isEmpty())
        return then(known);
    m_awaited = int(keys.size());
    const auto found = std::make_shared<Sessions>(known);
    for (const SessionKey &key : keys) {
        m_store->reader()->load(key).then(this, [=, this, life = m_life](const Result<SessionRecord> &record) {
            if (life != m_life)
                return;
            if (!record && record.error() != Error::NotFound)
                return failCounting(record.error());
            if (record)
                *found << *record;
            if (--m_awaited > 0)
                return;
            stopCounting();
            then(*found);
        });
    }
}

void StoreActions::failCounting(const Error &error)
{
    stopCounting();
    Q_EMIT failed(tr("Counting sessions"), error);
}

void StoreActions::stopCounting()
{
    ++m_life;
    m_awaited = 0;
    m_walk.stop();
    Q_EMIT countingFinished();
}

void StoreActions::run(Scope scope, const Work &work, std::function<Edit(const SessionInfo &)> makeEdit)
{
    gather(scope, [=, this](const Sessions &sessions) {
        if (sessions.isEmpty())
            return;
        confirm(work, sessions, [=, this] { start(work, sessions, makeEdit); });
    });
}

void StoreActions::start(const Work &work, const Sessions &sessions, const std::function<Edit(const SessionInfo &)> &makeEdit)
{
    const QString text = work.name.arg(describe(sessions));
    if (sessions.size() == 1) {
        m_editor->apply(text, makeEdit(sessions.first()));
        return;
    }
    m_editor->applyAll(
        text, sessions.size(), [sessions, makeEdit](qsizetype i) { return makeEdit(sessions.at(i)); },
        sessions.size() <= UndoableSessions);
}

/// Asks before work on many sessions, and before anything that loses data in production, where destructive work on many wants the
/// store's name typed.
void StoreActions::confirm(const Work &work, const Sessions &sessions, std::function<void()> then)
{
    const bool many = sessions.size() > 1;
    if (!many && !(work.destructive && m_store->isProduction())) {
        then();
        return;
    }
    auto *dialog = new QDialog(m_view);
    dialog->setObjectName("confirm"_L1);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QString what = work.name.arg(describe(sessions));
    dialog->setWindowTitle(what);
    const QString undoHint = sessions.size() > UndoableSessions
                               ? tr("This is more than %1 sessions and cannot be undone.").arg(Format::number(UndoableSessions))
                               : tr("It can be undone as long as this tab is open.");
    auto *layout = new QVBoxLayout(dialog);
    QLabel *title =
        Foreign::makeTitle(tr("%1 in %2?", "Delete 214 sessions of 31 users in shop?").arg(what, Foreign::line(m_store->name())));
    title->setMinimumWidth(480);
    layout->addWidget(title);
    for (const QString &text : {work.question, undoHint}) {
        QLabel *label = Foreign::makeLabel(text);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton *go = buttons->addButton(Foreign::withoutShortcut(what), QDialogButtonBox::AcceptRole);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setFocus(); // Return must not do it unread
    go->setObjectName("go"_L1);
    if (many && work.destructive && m_store->isProduction())
        askName(layout, m_store->name(), {go});
    layout->addSpacing(8);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, then);
    dialog->open();
}

void StoreActions::askName(QVBoxLayout *layout, const QString &store, const QList<QPushButton *> &buttons)
{
    QLabel *hint = Foreign::makeLabel(tr("This is production. Type the name of the store, %1, to go on:")
                                          .arg(Foreign::withoutShortcut(Foreign::line(store, store.size()))));
    hint->setWordWrap(true);
    auto *name = new QLineEdit;
    name->setAccessibleName(tr("Name of the store"));
    hint->setBuddy(name);
    layout->addWidget(hint);
    layout->addWidget(name);
    name->setFocus();
    for (QPushButton *button : buttons) {
        const bool first = button == buttons.first(); // which Return means once the name is there
        const auto check = [button, store, first, wasEnabled = button->isEnabled()](const QString &typed) {
            button->setEnabled(wasEnabled && typed == store);
            if (first && button->isEnabled())
                button->setDefault(true);
        };
        check({});
        connect(name, &QLineEdit::textChanged, button, check);
    }
}

void StoreActions::setExpiry(Scope scope)
{
    gather(scope, [this](const Sessions &sessions) {
        if (sessions.isEmpty())
            return;
        const bool one = sessions.size() == 1;
        auto *dialog = new ExpiryDialog(one ? std::optional(sessions.first()) : std::nullopt, int(sessions.size()),
                                        m_store->reader()->now(), m_view);
        connect(dialog, &QDialog::accepted, this, [this, dialog, sessions, one] {
            const auto expiry = dialog->expiry();
            const bool ends = expiry && expiry->kind() == Expiry::Kind::AtDateTime
                           && expiry->deadline() <= m_store->reader()->now();
            const Work work{tr("Set expiry of %1"),
                            ends ? tr("Their visitors are logged out with the next request.") : dialog->preview(), true};
            const auto go = [this, work, sessions, expiry] {
                start(work, sessions, [expiry](const SessionInfo &session) {
                    SessionChange change;
                    change.expiry = expiry;
                    return Edit::changing(session, change);
                });
            };
            const bool destructive = ends && m_store->isProduction();
            if (destructive || (!one && (ends || m_store->isProduction() || sessions.size() > UndoableSessions)))
                confirm(work, sessions, go);
            else
                go(); // the dialog has said how many
        });
        dialog->open();
    });
}

void StoreActions::extend(Scope scope, std::chrono::milliseconds by)
{
    run(scope,
        {tr("Extend %1 by %2").arg(u"%1"_s, Format::span(by)),
         tr("Their idle time becomes that much longer; deadlines that are fixed move.")},
        [by](const SessionInfo &session) {
            SessionChange change;
            const bool fixed = session.expiry && session.expiry->kind() == Expiry::Kind::AtDateTime;
            // Who is in use must not get a deadline that use no longer moves.
            change.expiry = std::optional(fixed ? Expiry::atDateTime(toDateTime(session.expiresAt + by))
                                                : Expiry::onInactivity(session.expiresAt - session.lastSeenAt + by));
            return Edit::changing(session, change);
        });
}

void StoreActions::expireNow(Scope scope)
{
    run(scope, {tr("Expire %1 now"), tr("Their visitors are logged out with the next request."), true},
        [this](const SessionInfo &session) {
            SessionChange change;
            change.expiry = std::optional(Expiry::atDateTime(toDateTime(m_store->reader()->now())));
            return Edit::changing(session, change);
        });
}

void StoreActions::requestRotation(Scope scope)
{
    run(scope,
        {tr("Rotate %1 on the next request"),
         tr("Each visitor stays logged in and gets a fresh id with the next request; the old id is dead then.")},
        [](const SessionInfo &session) {
            SessionChange change;
            change.rotateRequested = true;
            return Edit::changing(session, change);
        });
}

void StoreActions::clearAttributes(Scope scope)
{
    run(scope,
        {tr("Clear all attributes of %1"), tr("Ids, users and deadlines stay; everything else of these sessions goes."), true},
        [](const SessionInfo &session) {
            SessionChange change;
            change.clear();
            return Edit::changing(session, change);
        });
}

void StoreActions::remove(Scope scope)
{
    run(scope, {tr("Delete %1"), tr("Their visitors are logged out with the next request."), true}, &Edit::removing);
}

void StoreActions::revokeUser(const QString &user)
{
    SessionQuery query;
    query.user = user;
    query.limit = PageSize;
    walk(query, true, [this](const Sessions &sessions) {
        if (sessions.isEmpty())
            return;
        const Work work{tr("Revoke %1"), tr("The user is logged out everywhere, with the next request of each visitor."), true};
        confirm(work, sessions, [=, this] {
            start(work, sessions, [](const SessionInfo &session) {
                Edit edit = Edit::removing(session);
                edit.version.reset(); // whatever they do meanwhile, they must go
                return edit;
            });
        });
    });
}

} // namespace Sojourn::Inspector
