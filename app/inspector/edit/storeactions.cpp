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

#include <algorithm>
#include <numeric>
#include <tuple>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int PageSize = 1000;

StoreActions::StoreActions(OpenStore *store, StoreEditor *editor, SessionModel *model, SessionView *view)
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

void StoreActions::gather(const Target &target, const Found &then)
{
    stopCounting();
    if (target.session)
        return then({*target.session});
    if (!m_model->filter().showsLiving())
        return then({});
    // By creation: no request of a visitor moves a session in that order, so none is missed or met twice.
    SessionQuery query = m_model->query();
    query.order = SessionQuery::ByCreated;
    query.descending = false;
    query.limit = PageSize;
    if (target.scope == Shown || (m_view->isSelectionPartlyKnown() && m_view->isAllSelected())) {
        walk(query, m_model->matcher(), then);
    } else if (m_view->isSelectionPartlyKnown()) {
        walkSelection(query, then);
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

/// Everything that \a query finds and \a matches.
void StoreActions::walk(SessionQuery query, const Matches &matches, const Found &then)
{
    const auto found = std::make_shared<Sessions>();
    m_walk.start(
        query,
        [this, found, matches](const SessionPage &page, SessionQuery &) {
            for (const SessionRecord &record : page.records) {
                if (matches(record))
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

static SessionPlace placeOf(const SessionInfo &info, SessionQuery::Order order)
{
    switch (order) {
    case SessionQuery::ByUser:
        return {info.user, info.createdAt, info.key};
    case SessionQuery::ByCreated:
        return {{}, info.createdAt, info.key};
    case SessionQuery::ByLastSeen:
        return {{}, info.lastSeenAt, info.key};
    case SessionQuery::ByExpiry:
        break;
    }
    return {{}, info.expiresAt, info.key};
}

/// The sessions of a selection of which some rows are not loaded: those that are, and whatever lies between the ends of each
/// block in the order of the table. That is a range of sessions, which later loads and requests do not shift.
void StoreActions::walkSelection(const SessionQuery &query, const Found &then)
{
    QSet<SessionKey> loaded;
    const QList<std::pair<int, int>> rows = m_view->selectedRows();
    for (const auto &[first, last] : rows)
        m_model->rows().forEach([&loaded](int, const SessionRow &row) { loaded.insert(row.info.key); }, first, last);
    findRanges(rows, {}, [=, this, order = m_model->query().order](const Ranges &ranges) {
        walk(
            query,
            [ranges, loaded, order](const SessionRecord &record) {
                const SessionPlace place = placeOf(record, order);
                return loaded.contains(record.key) || std::ranges::any_of(ranges, [&place](const auto &range) {
                           return range.first <= place && place <= range.second;
                       });
            },
            then);
    });
}

/// The places of both ends of each block of \a rows.
void StoreActions::findRanges(QList<std::pair<int, int>> rows, const Ranges &found,
                              const std::function<void(const Ranges &)> &then)
{
    if (rows.isEmpty())
        return then(found);
    const auto [first, last] = rows.takeFirst();
    findPlace(first, [=, this, end = last](const std::optional<SessionPlace> &from) {
        findPlace(end, [=, this](const std::optional<SessionPlace> &to) {
            Ranges more = found;
            if (from || to)
                more.append({std::min(from ? *from : *to, to ? *to : *from), std::max(from ? *from : *to, to ? *to : *from)});
            findRanges(rows, more, then);
        });
    });
}

/// The place of the session in \a row, loaded or not; nothing where there is none any more.
void StoreActions::findPlace(int row, const std::function<void(const std::optional<SessionPlace> &)> &then)
{
    SessionQuery query = m_model->query();
    if (const SessionRow *known = m_model->row(row); known && !known->isGhost())
        return then(placeOf(known->info, query.order));
    query.offset = m_model->rows().offsetOf(row);
    query.limit = 1;
    query.withData = false;
    m_awaited = 1;
    m_store->reader()->list(query).then(this, [=, this, life = m_life](const Result<SessionPage> &page) {
        if (life != m_life)
            return;
        m_awaited = 0;
        if (!page)
            return failCounting(page.error());
        then(page->records.isEmpty() ? std::nullopt : std::optional(placeOf(page->records.first(), query.order)));
    });
}

/// Adds \a keys: they were selected and have been forgotten since, far from what is in view.
void StoreActions::loadRest(const QList<SessionKey> &keys, const Sessions &known, const Found &then)
{
    if (keys.isEmpty())
        return then(known);
    m_awaited = int(keys.size());
    const auto found = std::make_shared<Sessions>(known);
    const auto present = std::make_shared<QSet<SessionKey>>();
    for (const SessionInfo &session : known)
        present->insert(session.key);
    const Matches shows = m_model->matcher();
    for (const SessionKey &key : keys) {
        loadLatest(m_store->reader(), key, this, [=, this, life = m_life](const Result<SessionRecord> &record) {
            if (life != m_life)
                return;
            if (!record && !record.error().isAbsence())
                return failCounting(record.error());
            if (record && shows(*record) && !present->contains(record->key)) { // else the filter hides it
                present->insert(record->key);
                *found << *record;
            }
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

void StoreActions::run(const Target &target, const Work &work, std::function<Edit(const SessionInfo &)> makeEdit)
{
    gather(target, [=, this](const Sessions &sessions) {
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
        text, sessions.size(), [sessions, makeEdit](qsizetype i) { return makeEdit(sessions.at(i)); }, isUndoable(sessions));
}

/// Whether \a sessions can be kept in memory to bring them back.
bool StoreActions::isUndoable(const Sessions &sessions)
{
    const qsizetype bytes = std::accumulate(sessions.begin(), sessions.end(), qsizetype(0),
                                            [](qsizetype sum, const SessionInfo &session) { return sum + session.size; });
    return sessions.size() <= UndoableSessions && bytes <= StoreEditor::UndoBytes / 2;
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
                           : isUndoable(sessions) ? tr("It can be undone as long as this tab is open.")
                                                  : tr("These sessions are too large for it to be undone.");
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

void StoreActions::setExpiry(const Target &target)
{
    gather(target, [this](const Sessions &sessions) {
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
            if (ends || (!one && (m_store->isProduction() || !isUndoable(sessions))))
                confirm(work, sessions, go);
            else
                go(); // the dialog has said how many
        });
        dialog->open();
    });
}

/// A later end of \a session, whose policy stays as it is: use goes on moving the deadline where it did.
static SessionChange extension(const SessionInfo &session, std::chrono::milliseconds by)
{
    SessionChange change;
    if (session.expiry && session.expiry->kind() == Expiry::Kind::AtDateTime)
        change.expiry = std::optional(Expiry::atDateTime(toDateTime(session.expiresAt + by)));
    else
        change.deadline = session.expiresAt + by;
    return change;
}

void StoreActions::extend(const Target &target, std::chrono::milliseconds by)
{
    run(target,
        {tr("Extend %1 by %2").arg(u"%1"_s, Format::span(by)),
         tr("Their deadlines move by that much; use moves them on as before.")},
        [by](const SessionInfo &session) { return Edit::changing(session, extension(session, by)); });
}

void StoreActions::expireNow(const Target &target)
{
    run(target, {tr("Expire %1 now"), tr("Their visitors are logged out with the next request."), true},
        [this](const SessionInfo &session) {
            SessionChange change;
            change.expiry = std::optional(Expiry::atDateTime(toDateTime(m_store->reader()->now())));
            return Edit::changing(session, change);
        });
}

void StoreActions::requestRotation(const Target &target)
{
    run(target,
        {tr("Rotate %1 on the next request"),
         tr("Each visitor stays logged in and gets a fresh id with the next request; the old id is dead then.")},
        [](const SessionInfo &session) {
            SessionChange change;
            change.rotateRequested = true;
            return Edit::changing(session, change);
        });
}

void StoreActions::clearAttributes(const Target &target)
{
    run(target,
        {tr("Clear all attributes of %1"), tr("Ids, users and deadlines stay; everything else of these sessions goes."), true},
        [](const SessionInfo &session) {
            SessionChange change;
            change.clear();
            return Edit::changing(session, change);
        });
}

void StoreActions::remove(const Target &target)
{
    run(target, {tr("Delete %1"), tr("Their visitors are logged out with the next request."), true}, &Edit::removing);
}

void StoreActions::revokeUser(const QString &user)
{
    stopCounting();
    SessionQuery query;
    query.user = user;
    query.order = SessionQuery::ByCreated;
    query.limit = PageSize;
    walk(
        query, [](const SessionRecord &) { return true; },
        [this, user](const Sessions &sessions) {
            if (sessions.isEmpty())
                return;
            const Work work{tr("Revoke %1"), tr("The user is logged out everywhere, with the next request of each visitor."),
                            true};
            confirm(work, sessions, [=, this] {
                if (!isUndoable(sessions))
                    return revoke(work, user, sessions, {});
                SessionQuery whole;
                whole.user = user;
                whole.order = SessionQuery::ByCreated;
                whole.limit = 200;
                whole.withData = true;
                const auto seen = std::make_shared<QList<SessionRecord>>();
                m_walk.start(
                    whole,
                    [seen](const SessionPage &page, SessionQuery &) {
                        *seen << page.records;
                        return seen->size() <= UndoableSessions;
                    },
                    [=, this](const std::optional<Error> &error) {
                        if (error)
                            return failCounting(*error);
                        stopCounting();
                        revoke(work, user, sessions, *seen);
                    });
            });
        });
    if (isCounting())
        Q_EMIT counting(0);
}

void StoreActions::revoke(const Sessions &sessions)
{
    if (sessions.isEmpty())
        return;
    const Work work{tr("Revoke %1"), tr("Their visitors are logged out with the next request."), true};
    confirm(work, sessions, [=, this] { start(work, sessions, &Edit::removing); });
}

/// The store itself ends them, by their user: whatever key they have by then.
void StoreActions::revoke(const Work &work, const QString &user, const Sessions &sessions, const QList<SessionRecord> &seen)
{
    m_editor->revokeUser(work.name.arg(describe(sessions)), user, seen, [this, user](qint64 ended) {
        Q_EMIT done(tr("%Ln sessions of %1 were ended.", nullptr, int(ended)).arg(Foreign::line(user)));
    });
}

} // namespace Sojourn::Inspector
