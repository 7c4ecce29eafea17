// SPDX-License-Identifier: MIT
#include "detailpanel.h"

#include "attributepage.h"
#include "attributeview.h"
#include "jsonpage.h"
#include "look/announce.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "timeline.h"
#include "timespage.h"
#include "watchpage.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

namespace {
enum Page { Attributes, Json, Times, History, Watch }; ///< in the order of their tabs
} // namespace

DetailPanel::DetailPanel(QWidget *parent) : QWidget(parent)
{
    m_title = Foreign::makeLabel();
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    font.setBold(true);
    m_title->setFont(font);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_subtitle = Foreign::makeLabel();
    m_subtitle->setWordWrap(true);
    m_notice = Foreign::makeLabel();
    m_notice->setWordWrap(true);
    m_notice->hide();
    m_showSuccessor = new QPushButton(tr("Show that session"));
    m_showSuccessor->setObjectName("showSuccessor"_L1);
    m_showSuccessor->hide();
    connect(m_showSuccessor, &QPushButton::clicked, this, [this] { Q_EMIT keyActivated(m_successor); });

    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeAttributes(), tr("Attributes"));
    m_json = new JsonPage;
    m_tabs->addTab(m_json, tr("JSON"));
    connect(m_json, &JsonPage::changeWanted, this, [this](const SessionChange &change, int attributes) {
        write(tr("Change %Ln attributes of %1", nullptr, attributes).arg(Format::shortKey(*m_key)), {}, change,
              QJsonValue::Undefined);
    });
    connect(m_json, &JsonPage::editedChanged, this, [this] {
        m_tabs->setTabText(Json, m_json->isEdited() ? tr("JSON •", "with text that is not applied yet") : tr("JSON"));
        if (m_json->isEdited()) {
            if (!m_jsonSeen)
                m_jsonSeen = m_record;
            return;
        }
        m_jsonSeen.reset();
        if (m_record)
            m_json->setAttributes(m_record->data.toJson());
    });
    m_tabs->addTab(makeTimes(), tr("Times"));
    m_timeLine = new TimeLine;
    m_tabs->addTab(m_timeLine, tr("Time line"));
    connect(m_timeLine, &TimeLine::changed, this, &DetailPanel::showHistory);
    m_watch = new WatchPage;
    m_tabs->addTab(m_watch, tr("Watch", "what requests do to the session"));
    connect(m_attributes, &AttributePage::secretsToggled, m_json, &JsonPage::setSecretsShown);
    connect(m_attributes, &AttributePage::secretsToggled, m_watch, &WatchPage::setSecretsShown);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(4);
    layout->addLayout(makeTitle());
    layout->addWidget(m_subtitle);
    layout->addWidget(m_notice);
    layout->addWidget(m_showSuccessor, 0, Qt::AlignLeft);
    layout->addWidget(m_tabs, 1);
    layout->addStretch(); // only while the tabs are hidden

    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(300ms);
    connect(&m_reloadTimer, &QTimer::timeout, this, [this] { load(false); });
    connect(&m_second, &QTimer::timeout, this, &DetailPanel::showTimes);
    m_second.start(1s);
    showSession(nullptr, nullptr, {});
}

/// The title, and what can be done with the whole session.
QLayout *DetailPanel::makeTitle()
{
    const auto button = [](const QString &icon, const QString &name, const QString &text) {
        auto *made = new QToolButton;
        made->setObjectName(name);
        made->setAutoRaise(true);
        made->setIcon(Theme::icon(icon));
        made->setToolTip(text);
        made->setAccessibleName(text);
        return made;
    };
    m_userPage = button(u"user"_s, u"userPage"_s, tr("All sessions of this user over time"));
    m_pin = button(u"pin"_s, u"pin"_s, tr("Keep this session in sight beside others"));
    connect(m_userPage, &QToolButton::clicked, this, [this] { Q_EMIT userPageWanted(user()); });
    connect(m_pin, &QToolButton::clicked, this, &DetailPanel::pinWanted);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_title, 1);
    row->addWidget(m_userPage);
    row->addWidget(m_pin);
    return row;
}

/// Attributes, and how what is typed there becomes an edit.
QWidget *DetailPanel::makeAttributes()
{
    m_attributes = new AttributePage;
    m_model = &m_attributes->model();
    connect(m_attributes, &AttributePage::changeWanted, this, &DetailPanel::write);
    connect(m_attributes, &AttributePage::columnWanted, this, &DetailPanel::columnWanted);
    connect(m_attributes, &AttributePage::editClosed, this, &DetailPanel::catchUp);
    connect(m_model, &JsonTreeModel::renameWanted, this, &DetailPanel::rename);
    return m_attributes;
}

QWidget *DetailPanel::makeTimes()
{
    m_times = new TimesPage;
    connect(m_times, &TimesPage::expiryWanted, this, [this] { Q_EMIT expiryWanted(*m_record); });
    connect(m_times, &TimesPage::expireNowWanted, this, [this] { Q_EMIT expireNowWanted(*m_record); });
    return m_times;
}

void DetailPanel::rename(const QString &name, const QString &newName)
{
    if (!m_record)
        return;
    if (m_record->data.contains(newName.toUtf8())) {
        m_model->setEdit({name}, {.status = JsonTreeModel::EditStatus::Failed,
                                  .text = tr("Not renamed: there is an attribute %1 already.").arg(Foreign::line(newName))});
        return;
    }
    SessionChange change;
    change.set(newName.toUtf8(), m_record->data.json(name.toUtf8()));
    change.remove(name.toUtf8());
    write(tr("Rename %1 to %2 in %3").arg(Foreign::line(name, 40), Foreign::line(newName, 40), Format::shortKey(*m_key)), {name},
          change, QJsonValue::Undefined);
}

void DetailPanel::showSession(OpenStore *store, StoreEditor *editor, const std::optional<SessionKey> &key,
                              const std::optional<SessionRecord> &known)
{
    const bool same = store == m_store && key == m_key && key;
    if (same && m_record && !m_gone)
        return; // events tell what becomes of it
    if (!same)
        leaveSession();
    m_store = store;
    m_editor = editor;
    m_key = key;
    ++m_life;
    m_tabs->setVisible(m_store && m_key);
    if (!m_store || !m_key) {
        m_title->setText(tr("No session selected"));
        m_title->setToolTip({});
        m_subtitle->setText(tr("Select one in the table to see its attributes, times and what happened to it."));
        updateActions();
        return;
    }
    if (!same) {
        SessionStore *source = m_store->reader().get();
        m_connections = {connect(source, &SessionStore::sessionEvent, this, &DetailPanel::handleEvent),
                         connect(source, &SessionStore::eventsLost, this, &DetailPanel::reload),
                         connect(m_store, &OpenStore::recovered, this, &DetailPanel::reload),
                         connect(m_store, &OpenStore::writableChanged, this, &DetailPanel::updateActions)};
        if (m_editor)
            m_connections << connect(m_editor, &StoreEditor::changed, this, [this](const SessionRecord &now) {
                if (now.key == m_key && !m_gone)
                    take(now, true);
            }) << connect(m_editor, &StoreEditor::applied, this, [this](const SessionKey &of) {
                const bool alreadyKnown = std::exchange(m_isKnown, false);
                if (of.isNull() || (of == m_key && !alreadyKnown))
                    load(false);
            });
        m_model->setEdits(m_drafts.takeEdits(m_store, *m_key));
        m_watch->start([store = m_store->reader()] { return store->now(); });
    }
    if (known && !m_record)
        take(*known);
    showHeader();
    reload();
}

/// What was typed for the session that is shown waits for it to be shown again.
void DetailPanel::leaveSession()
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    if (m_store && m_key) {
        m_drafts.keepEdits(m_store, *m_key, m_model->edits());
        if (m_jsonSeen && m_json->isEdited())
            m_drafts.keepJson(m_store, *m_key, {.draft = m_json->draft(), .seen = *m_jsonSeen});
    }
    if (m_record)
        m_previous = m_record;
    m_record.reset();
    m_gone = false;
    m_ending.reset();
    m_missed = false;
    m_awaited = 0;
    m_moved = false;
    m_reloadTimer.stop();
    ++m_shown;
    m_attributes->leaveSession();
    m_json->revert();
    m_json->setAttributes({});
    m_timeLine->clear();
    m_notice->hide();
    m_showSuccessor->hide();
    Q_EMIT recordChanged();
}

std::optional<SessionRecord> DetailPanel::seen(const SessionKey &key) const
{
    for (const std::optional<SessionRecord> &known : {m_record, m_previous}) {
        if (known && known->key == key)
            return known;
    }
    return {};
}

void DetailPanel::reload()
{
    load(true);
}

void DetailPanel::load(bool withHistory)
{
    if (!m_store || !m_key)
        return;
    const int life = ++m_life;
    m_reloadTimer.stop();
    m_moved = false;
    m_store->reader()->load(*m_key).then(this, [this, life, withHistory](const Result<SessionRecord> &record) {
        if (life != m_life)
            return;
        const bool wasGone = m_gone;
        m_gone = !record && record.error().isAbsence();
        m_showSuccessor->hide();
        if (record) {
            m_notice->hide();
            m_ending.reset();
            if (m_tabBefore)
                m_tabs->setCurrentIndex(*std::exchange(m_tabBefore, std::nullopt));
            take(*record);
        } else if (!m_gone) {
            m_notice->setText(Format::error(record.error()));
            m_notice->show();
        } else if (!m_record) {
            m_notice->setText(tr("This session has ended. What is known of it is in the time line."));
            m_notice->show();
            if (restoreDraft()) { // to be copied from
                m_record = m_jsonSeen;
                m_model->setAttributes(m_record->data);
            }
            if (!m_tabBefore)
                m_tabBefore = m_tabs->currentIndex();
            m_tabs->setCurrentIndex(History);
        }
        updateActions();
        if (withHistory || m_gone != wasGone)
            m_timeLine->load(m_store, *m_key);
        else
            showHistory();
    });
}

/// Something happened in the store: what is known already is nothing new.
void DetailPanel::handleEvent(const SessionEvent &event)
{
    if (event.oldKey && event.oldKey == m_key) {
        m_key = event.key;
        m_attributes->setSession(event.key);
        for (std::optional<SessionRecord> *known : {&m_record, &m_jsonSeen}) {
            if (*known)
                (*known)->key = event.key;
        }
        for (Sent &sent : m_sent) {
            if (sent.store == m_store && sent.key == event.oldKey)
                sent.key = event.key;
        }
        m_timeLine->changeKey(event.key);
    }
    if (event.key != m_key)
        return;
    m_timeLine->add(event);
    m_watch->addEvent(event);
    if (event.type == SessionEvent::Changed && m_record && event.version <= m_record->version)
        return;
    m_awaited = std::max(m_awaited, event.version);
    m_moved = m_moved || event.type != SessionEvent::Changed;
    if (!m_reloadTimer.isActive())
        m_reloadTimer.start();
}

/// What is being edited stays as it was when that began, so that attributes that somebody else changed meanwhile are a conflict.
/// What an edit of \a isOwn made of the session is none.
void DetailPanel::take(const SessionRecord &record, bool isOwn)
{
    if (!m_record)
        restoreDraft();
    if (isOwn) {
        ++m_life; // what was asked before is older
        m_isKnown = true;
    }
    if (!isOwn && m_attributes->view().isEditing() && m_record && record.data != m_record->data) {
        m_missed = true;
        return;
    }
    if (record.version >= m_awaited && !m_moved)
        m_reloadTimer.stop();
    if (m_record)
        m_watch->addChanges(*m_record, record, m_store->reader()->now());
    m_record = record;
    m_model->setAttributes(record.data);
    if (!m_json->isEdited())
        m_json->setAttributes(record.data.toJson());
    m_timeLine->setRecord(&*m_record);
    showHeader();
    showTimes();
    Q_EMIT recordChanged();
}

void DetailPanel::markDifferences(DetailPanel *one, DetailPanel *other)
{
    const auto compare = [one, other] {
        one->compareWith(other->m_record);
        other->compareWith(one->m_record);
    };
    connect(one, &DetailPanel::recordChanged, other, compare);
    connect(other, &DetailPanel::recordChanged, one, compare);
}

void DetailPanel::compareWith(const std::optional<SessionRecord> &other)
{
    if (!m_record || !other) {
        m_differing.reset();
        m_model->setReference(QJsonValue::Undefined);
    } else {
        const QJsonObject mine = m_model->attributes(), theirs = other->data.toJson();
        const auto missing = std::ranges::count_if(theirs.keys(), [&](const QString &name) { return !mine.contains(name); });
        int differing = int(missing);
        for (auto it = mine.begin(); it != mine.end(); ++it)
            differing += theirs.value(it.key()) != it.value();
        m_differing = differing;
        m_model->setReference(theirs);
    }
    showHeader();
}

/// Of the session that is shown, or was.
QString DetailPanel::user() const
{
    return m_record ? m_record->user : m_ending ? m_ending->user : QString();
}

void DetailPanel::showWatch()
{
    m_tabs->setCurrentIndex(Watch);
}

/// Brings back what was typed as JSON for the session before, if anything was.
bool DetailPanel::restoreDraft()
{
    const std::optional<Drafts::Json> draft = m_drafts.takeJson(m_store, *m_key);
    if (!draft)
        return false;
    m_jsonSeen = draft->seen;
    m_json->setAttributes(m_jsonSeen->data.toJson());
    m_json->restore(draft->draft);
    return true;
}

void DetailPanel::changeKey(const SessionKey &oldKey, const SessionKey &newKey)
{
    m_drafts.changeKey(oldKey, newKey);
    for (Sent &sent : m_sent) {
        if (sent.key == oldKey)
            sent.key = newKey;
    }
    if (m_previous && m_previous->key == oldKey)
        m_previous->key = newKey;
}

bool DetailPanel::hasDrafts(const OpenStore *store) const
{
    const JsonTreeModel::Edits &edits = m_model->edits();
    const bool failed = std::ranges::any_of(edits, [](const JsonTreeModel::ValueEdit &edit) {
        return edit.status == JsonTreeModel::EditStatus::Failed || edit.status == JsonTreeModel::EditStatus::Conflict;
    });
    return (m_store == store && (m_json->isEdited() || failed)) || m_drafts.has(store);
}

/// Editing in the tree is over: shows what it held back.
void DetailPanel::catchUp()
{
    if (std::exchange(m_missed, false))
        m_reloadTimer.start();
}

/// What the time line knows of the end of the session.
void DetailPanel::showHistory()
{
    m_ending = m_gone || !m_record ? m_timeLine->ending() : std::nullopt;
    if (const auto successor = m_timeLine->successor(); m_gone && successor) {
        m_notice->setText(tr("This id was replaced. The session went on as %1.").arg(Format::shortKey(*successor)));
        m_notice->show();
        m_successor = *successor;
        m_showSuccessor->show();
    }
    showHeader();
}

void DetailPanel::showHeader()
{
    if (!m_key || !m_store)
        return;
    m_attributes->setSession(*m_key);
    m_title->setText(tr("Session %1").arg(Format::shortKey(*m_key)));
    m_title->setToolTip(m_key->toString());
    QStringList parts;
    const QString before = m_subtitle->text();
    if (m_record) {
        parts << (m_record->user.isEmpty() ? tr("no user") : Foreign::line(m_record->user));
        parts << tr("%Ln attributes", nullptr, int(m_record->attributeCount)) << Format::bytes(m_record->size);
        if (m_record->rotateRequested)
            parts << tr("a fresh id is due on the next request");
    } else if (m_ending) {
        parts << (m_ending->user.isEmpty() ? tr("no user") : Foreign::line(m_ending->user));
    }
    if (m_ending)
        parts << Format::ending(*m_ending);
    if (m_differing)
        parts << (*m_differing ? tr("%Ln attributes differ from the other session", nullptr, *m_differing)
                               : tr("the same attributes as the other session"));
    m_userPage->setEnabled(!user().isEmpty());
    m_subtitle->setText(parts.join(u" · "_s));
    if (m_ending && m_subtitle->text() != before)
        announce(m_subtitle, m_subtitle->text());
}

void DetailPanel::showTimes()
{
    if (!m_record || !m_store)
        return;
    const SessionRecord &record = *m_record;
    const TimePoint now = m_store->reader()->now();
    if (!m_gone && record.isExpired(now)) { // nobody tells of that before it is swept
        m_gone = true;
        updateActions();
    }
    m_times->showTimes(record, now);
}

void DetailPanel::updateActions()
{
    const bool writable = m_store && m_editor && m_store->isWritable() && m_record && !m_gone;
    m_attributes->setState(!m_record || m_gone ? AttributePage::State::Gone
                           : writable          ? AttributePage::State::Writable
                                               : AttributePage::State::ReadOnly);
    m_json->setWritable(writable);
    m_times->setWritable(writable);
    m_pin->setEnabled(m_key.has_value());
    m_userPage->setEnabled(!user().isEmpty());
}

void DetailPanel::showAttribute(const QString &name)
{
    if (!m_model->attributes().contains(name))
        return;
    m_tabs->setCurrentIndex(Attributes);
    m_attributes->showAttribute(name);
}

void DetailPanel::focusAttributes()
{
    if (!m_record)
        return;
    m_tabs->setCurrentIndex(Attributes);
    m_attributes->focusAttributes();
}

/// Sends \a change and shows at \a path, or without one on the JSON page, how it goes.
void DetailPanel::write(const QString &text, const JsonTreeModel::Path &path, SessionChange change, const QJsonValue &typed)
{
    if (!m_record || !m_editor)
        return;
    const SessionRecord seen = path.isEmpty() && m_jsonSeen ? *m_jsonSeen : *m_record;
    const Sent sent{.store = m_store,
                    .key = *m_key,
                    .path = path,
                    .change = change,
                    .typed = typed,
                    .seen = seen,
                    .json = path.isEmpty() ? m_json->text() : QString()};
    const int number = ++m_lastSent;
    m_sent.insert(number, sent);
    showEdit(sent, {.status = JsonTreeModel::EditStatus::Saving, .text = tr("Saving…"), .typed = typed});
    m_editor->apply(text, Edit::changing(seen, std::move(change)), seen,
                    [this, self = QPointer(this), number](EditOutcome outcome, const QString &error) {
                        if (self)
                            settle(number, outcome, error);
                    });
}

/// Shows how the edit of \a sent goes, now or when its session is shown again.
void DetailPanel::showEdit(const Sent &sent, const JsonTreeModel::ValueEdit &edit)
{
    if (!isShown(sent)) {
        if (!sent.path.isEmpty() && sent.store)
            m_drafts.setEdit(sent.store, sent.key, sent.path, edit);
        return;
    }
    if (sent.path.isEmpty())
        m_json->setStatus(edit.text);
    else
        m_model->setEdit(sent.path, edit);
    if (edit.status != JsonTreeModel::EditStatus::Saving && !sent.path.isEmpty())
        announce(m_attributes, edit.text);
}

void DetailPanel::settle(int number, EditOutcome outcome, const QString &error)
{
    using Status = JsonTreeModel::EditStatus;
    const auto found = m_sent.constFind(number);
    if (found == m_sent.constEnd())
        return;
    const Sent sent = *found;
    if (outcome != EditOutcome::Conflict) // which is decided later
        m_sent.erase(found);
    if (sent.path.isEmpty())
        return settleJson(sent, outcome, error);
    switch (outcome) {
    case EditOutcome::Done:
        showEdit(sent, {.status = Status::Saved, .text = tr("Saved")});
        break;
    case EditOutcome::Conflict:
        showEdit(sent, {.status = Status::Conflict, .text = tr("Changed by somebody else meanwhile"), .typed = sent.typed});
        break;
    case EditOutcome::Failed:
        showEdit(sent, {.status = Status::Failed, .text = tr("Not saved: %1").arg(error), .typed = sent.typed});
        break;
    case EditOutcome::KeptTheirs:
        showEdit(sent, {});
        if (isShown(sent))
            load(false);
        break;
    case EditOutcome::EditsAgain:
        if (isShown(sent))
            editAgain(sent);
        break; // else what was typed waits at its place
    }
}

void DetailPanel::settleJson(const Sent &sent, EditOutcome outcome, const QString &error)
{
    switch (outcome) {
    case EditOutcome::Done:
        if (!isShown(sent)) {
            m_drafts.forgetJson(sent.store, sent.key, sent.json);
        } else if (m_json->text() == sent.json) {
            m_json->revert(); // to what was typed
        } else if (m_record) { // typing went on: from what was saved
            m_jsonSeen = m_record;
            m_json->setAttributes(m_record->data.toJson());
        }
        showEdit(sent, {.text = tr("Saved")});
        break;
    case EditOutcome::Conflict:
        showEdit(sent, {.text = tr("Changed by somebody else meanwhile")});
        break;
    case EditOutcome::Failed:
        showEdit(sent, {.text = tr("Not saved: %1").arg(error)});
        break;
    case EditOutcome::KeptTheirs:
        if (isShown(sent)) {
            m_json->revert();
            load(false);
        } else {
            m_drafts.forgetJson(sent.store, sent.key, sent.json);
        }
        break;
    case EditOutcome::EditsAgain:
        if (isShown(sent))
            editAgain(sent);
        break; // else what was typed waits for its session
    }
}

/// \a mine and \a theirs, both made from \a base, together; where both changed the same thing it is mine.
static QJsonValue merged(const QJsonValue &base, const QJsonValue &mine, const QJsonValue &theirs)
{
    if (mine == base)
        return theirs;
    if (theirs == base || !base.isObject() || !mine.isObject() || !theirs.isObject())
        return mine;
    QJsonObject all = theirs.toObject();
    for (const QString &name : mine.toObject().keys() + base.toObject().keys()) {
        const QJsonValue value = merged(base[name], mine[name], theirs[name]);
        if (value.isUndefined())
            all.remove(name);
        else
            all.insert(name, value);
    }
    return all;
}

/// Continues editing what was typed, against the present record.
void DetailPanel::editAgain(const Sent &sent)
{
    m_store->reader()->load(*m_key).then(this, [this, sent, shown = m_shown](const Result<SessionRecord> &record) {
        if (!record || shown != m_shown)
            return; // what was typed is where it was
        if (m_jsonSeen && !m_json->isEdited())
            m_jsonSeen.reset();
        m_record = *record;
        m_missed = false;
        m_model->setAttributes(record->data);
        showHeader();
        updateActions();
        const auto place = sent.path.isEmpty() ? std::nullopt : m_model->indexAt(sent.path);
        if (place && place->isValid() && sent.path.size() == 1 && !sent.typed.isUndefined()) {
            m_model->setEdit(sent.path, {.status = JsonTreeModel::EditStatus::Conflict,
                                         .text = tr("Changed by somebody else meanwhile"),
                                         .typed = sent.typed});
            m_tabs->setCurrentIndex(Attributes);
            if (m_attributes->editAt(sent.path)) // with what was typed
                return;
        }
        if (!sent.path.isEmpty() && m_json->isEdited()) // what is typed there is something else; this waits at its place
            return;
        if (!sent.path.isEmpty())
            m_model->setEdit(sent.path, {});
        (void)m_drafts.takeJson(m_store, *m_key); // it is what goes on now
        m_jsonSeen = *record;
        const QJsonObject theirs = record->data.toJson();
        m_json->setAttributes(theirs);
        // Inside of lists and objects, or as JSON: what was typed, and what others have added.
        SessionRecord mine = sent.seen;
        SessionChange again = sent.change;
        again.expectedVersion.reset();
        // The store says what is too large for it.
        (void)again.applyTo(mine, mine.lastSeenAt, std::numeric_limits<qsizetype>::max());
        m_json->edit(merged(sent.seen.data.toJson(), mine.data.toJson(), theirs).toObject());
        m_tabs->setCurrentIndex(Json);
    });
}

} // namespace Sojourn::Inspector
