// SPDX-License-Identifier: MIT
#include "detailpanel.h"

#include "attributeview.h"
#include "jsonpage.h"
#include "look/announce.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "sessionwatch.h"
#include "timeline.h"
#include "valuedialog.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

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
    m_watch = new SessionWatch;
    m_tabs->addTab(m_watch, tr("Watch", "what requests do to the session"));
    connect(m_secrets, &QAction::toggled, m_watch, &SessionWatch::setSecretsShown);

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

QWidget *DetailPanel::makeAttributes()
{
    m_model = new JsonTreeModel(this);
    m_tree = new AttributeView;
    m_tree->setObjectName("attributes"_L1);
    m_tree->setModel(m_model);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(JsonTreeModel::Value, QHeaderView::Stretch);
    m_tree->header()->resizeSection(JsonTreeModel::Name, 130);
    m_tree->header()->resizeSection(JsonTreeModel::Type, 80);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto *bar = new QToolBar;
    bar->setIconSize(QSize(16, 16));
    const auto action = [&](const QString &icon, const QString &text, const QKeySequence &shortcut = {}) {
        QAction *made = bar->addAction(Theme::icon(icon), text);
        made->setShortcut(shortcut);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_tree->addAction(made);
        return made;
    };
    m_add = action(u"add"_s, tr("Add attribute…"), QKeySequence(Qt::Key_Insert));
    m_rename = action(u"rename"_s, tr("Rename…"), QKeySequence(Qt::SHIFT | Qt::Key_F2));
    m_remove = action(u"delete"_s, tr("Remove"), QKeySequence::Delete);
    bar->addSeparator();
    m_copyJson = action(u"copy"_s, tr("Copy as JSON"), QKeySequence::Copy);
    m_copyPath = action(u"path"_s, tr("Copy path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    QAction *asColumn = new QAction(tr("Show as column"), m_tree);
    asColumn->setObjectName("showAsColumn"_L1);
    m_tree->addAction(asColumn);
    connect(asColumn, &QAction::triggered, this, [this] {
        const QModelIndex at = m_tree->currentIndex();
        if (at.isValid() && !at.data(JsonTreeModel::SecretRole).toBool())
            Q_EMIT columnWanted(m_model->pathOf(at).join(u'.'));
    });
    bar->addSeparator();
    m_secrets = action(u"eye"_s, tr("Show secrets"));
    m_secrets->setCheckable(true);
    m_secrets->setToolTip(tr("Show values that look like secrets"));

    connect(m_add, &QAction::triggered, this, &DetailPanel::addAttribute);
    connect(m_rename, &QAction::triggered, this, &DetailPanel::renameAttribute);
    connect(m_remove, &QAction::triggered, this, [this] { m_model->removeAt(m_tree->currentIndex()); });
    connect(m_copyJson, &QAction::triggered, this, [this] {
        const QModelIndex at = m_tree->currentIndex();
        if (at.isValid() && !at.data(JsonTreeModel::SecretRole).toBool())
            QGuiApplication::clipboard()->setText(QString::fromUtf8(encodeJson(m_model->copyOf(at))));
    });
    connect(m_copyPath, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_tree->currentIndex().data(JsonTreeModel::PathRole).toString()); });
    connect(m_secrets, &QAction::toggled, this, [this](bool shown) {
        m_model->setSecretsShown(shown);
        m_json->setSecretsShown(shown);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &DetailPanel::updateActions);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &DetailPanel::showFailure);
    connect(m_model, &JsonTreeModel::dataChanged, this, &DetailPanel::showFailure);
    connect(m_tree, &AttributeView::editClosed, this, &DetailPanel::catchUp);
    connect(m_tree, &AttributeView::pageWanted, this, &DetailPanel::editOnPage);
    connect(m_tree, &AttributeView::editLeft, this, [this](const QModelIndex &at) {
        using Status = JsonTreeModel::EditStatus;
        const JsonTreeModel::Path path = m_model->pathOf(at);
        if (const Status status = m_model->edits().value(path).status; status == Status::Failed || status == Status::Conflict)
            m_model->setEdit(path, {});
    });
    connectModel();

    m_editStatus = Foreign::makeLabel();
    m_editStatus->setWordWrap(true);
    m_editStatus->hide();
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(bar);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_editStatus);
    return page;
}

/// Turns edits in the tree into changes of the session.
void DetailPanel::connectModel()
{
    connect(m_model, &JsonTreeModel::setWanted, this,
            [this](const QString &name, const QJsonValue &value, const JsonTreeModel::Path &path) {
                SessionChange change;
                change.set(name.toUtf8(), encodeJson(value));
                QJsonValue typed = value;
                for (const QString &inside : path.sliced(1))
                    typed = typed.isArray() ? typed[inside.toInt()] : typed[inside];
                write(tr("Set %1 of %2").arg(Foreign::line(name, 40), Format::shortKey(*m_key)), path, change, typed);
            });
    connect(m_model, &JsonTreeModel::removeWanted, this, [this](const QString &name) {
        SessionChange change;
        change.remove(name.toUtf8());
        write(tr("Remove %1 of %2").arg(Foreign::line(name, 40), Format::shortKey(*m_key)), {name}, change,
              QJsonValue::Undefined);
    });
    connect(m_model, &JsonTreeModel::renameWanted, this, [this](const QString &name, const QString &newName) {
        if (m_record->data.contains(newName.toUtf8())) {
            m_model->setEdit({name}, {.status = JsonTreeModel::EditStatus::Failed,
                                      .text = tr("Not renamed: there is an attribute %1 already.").arg(Foreign::line(newName))});
            return;
        }
        SessionChange change;
        change.set(newName.toUtf8(), m_record->data.json(name.toUtf8()));
        change.remove(name.toUtf8());
        write(tr("Rename %1 to %2 in %3").arg(Foreign::line(name, 40), Foreign::line(newName, 40), Format::shortKey(*m_key)),
              {name}, change, QJsonValue::Undefined);
    });
}

QWidget *DetailPanel::makeTimes()
{
    auto *page = new QWidget;
    m_times = new QFormLayout;
    m_times->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const QString &title :
         {tr("Created:"), tr("Last seen:"), tr("Ends:"), tr("Ends in:"), tr("Absolute end:"), tr("Expiry:"), tr("Id handed out:"),
          tr("Fresh id:"), tr("Version:"), tr("Size:"), tr("Visit:")}) {
        auto *label = Foreign::makeLabel();
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
        m_times->addRow(Foreign::makeLabel(title), label);
        m_timeLabels << label;
    }
    m_setExpiry = new QPushButton(tr("Set e&xpiry…"));
    m_expireNow = new QPushButton(tr("Expire &now"));
    connect(m_setExpiry, &QPushButton::clicked, this, [this] { Q_EMIT expiryWanted(*m_record); });
    connect(m_expireNow, &QPushButton::clicked, this, [this] { Q_EMIT expireNowWanted(*m_record); });
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_setExpiry);
    buttons->addWidget(m_expireNow);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(page);
    layout->addLayout(m_times);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    layout->addStretch();
    auto *scroll = new QScrollArea; // so that ten lines do not say how low the window can be
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

void DetailPanel::showSession(OpenStore *store, Editor *editor, const std::optional<SessionKey> &key,
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
            m_connections << connect(m_editor, &Editor::changed, this, [this](const SessionRecord &now) {
                if (now.key == m_key && !m_gone)
                    take(now, true);
            }) << connect(m_editor, &Editor::applied, this, [this](const SessionKey &of) {
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
    m_model->setEdits({});
    m_model->setAttributes({});
    m_json->revert();
    m_json->setAttributes({});
    m_timeLine->clear();
    m_notice->hide();
    m_showSuccessor->hide();
    m_editStatus->hide();
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
        m_gone = !record && (record.error() == Error::NotFound || record.error() == Error::Replaced);
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
    if (!isOwn && m_tree->isEditing() && m_record && record.data != m_record->data) {
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
    const bool failed = std::ranges::any_of(edits, [](const JsonTreeModel::Edit &edit) {
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

/// What is known of the visit, in a line.
static QString visitText(const VisitFacts &visit)
{
    QStringList parts = {visit.device(), visit.address,
                         visit.realm.isEmpty() ? QString() : DetailPanel::tr("realm %1").arg(visit.realm)};
    parts.removeAll(QString());
    return parts.join(u", "_s);
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
    const QStringList texts = {Format::exact(record.createdAt),
                               u"%1 (%2)"_s.arg(Format::exact(record.lastSeenAt), Format::ago(record.lastSeenAt, now)),
                               Format::exact(record.expiresAt),
                               Format::countdown(record.expiresAt - now),
                               record.absoluteExpiresAt ? Format::exact(*record.absoluteExpiresAt) : tr("none"),
                               Format::expiry(record.expiry),
                               Format::exact(record.idIssuedAt),
                               record.rotateRequested ? tr("due on the visitor's next request") : tr("not asked for"),
                               Format::number(qint64(record.version)),
                               Format::bytes(record.size),
                               visitText(record.visitFacts())};
    for (const auto &[label, at] : {std::pair(0, std::optional(record.createdAt)), std::pair(1, std::optional(record.lastSeenAt)),
                                    std::pair(2, std::optional(record.expiresAt)), std::pair(4, record.absoluteExpiresAt),
                                    std::pair(6, std::optional(record.idIssuedAt))})
        m_timeLabels[label]->setToolTip(at ? Foreign::toolTip(Format::bothZones(*at)) : QString());
    for (int i = 0; i < texts.size(); ++i) {
        if (m_timeLabels[i]->text() != texts[i])
            m_timeLabels[i]->setText(texts[i]);
    }
    m_times->setRowVisible(m_timeLabels.last(), !texts.last().isEmpty());
    m_timeLabels.last()->setToolTip(Foreign::toolTip(record.visitFacts().userAgent));
}

void DetailPanel::updateActions()
{
    const bool writable = m_store && m_editor && m_store->isWritable() && m_record && !m_gone;
    const QModelIndex at = m_tree->currentIndex();
    m_model->setEditable(writable);
    m_add->setEnabled(writable);
    m_rename->setEnabled(writable && at.isValid()
                         && (m_model->flags(at.siblingAtColumn(JsonTreeModel::Name)) & Qt::ItemIsEditable));
    m_remove->setEnabled(writable && at.isValid());
    m_copyJson->setEnabled(at.isValid());
    m_copyPath->setEnabled(at.isValid());
    m_json->setWritable(writable);
    m_setExpiry->setEnabled(writable);
    m_expireNow->setEnabled(writable);
    m_pin->setEnabled(m_key.has_value());
    m_userPage->setEnabled(!user().isEmpty());
}

void DetailPanel::showAttribute(const QString &name)
{
    const auto found = m_model->match(m_model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    m_tabs->setCurrentIndex(Attributes);
    m_tree->setCurrentIndex(found.first().siblingAtColumn(JsonTreeModel::Value));
    m_tree->setFocus();
}

void DetailPanel::focusAttributes()
{
    if (!m_record)
        return;
    m_tabs->setCurrentIndex(Attributes);
    if (!m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, JsonTreeModel::Value));
    m_tree->setFocus(Qt::OtherFocusReason);
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
                    [this, self = QPointer(this), number](Outcome outcome, const QString &error) {
                        if (self)
                            settle(number, outcome, error);
                    });
}

/// Shows how the edit of \a sent goes, now or when its session is shown again.
void DetailPanel::showEdit(const Sent &sent, const JsonTreeModel::Edit &edit)
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
        announce(m_tree, edit.text);
}

void DetailPanel::settle(int number, Outcome outcome, const QString &error)
{
    using Status = JsonTreeModel::EditStatus;
    const auto found = m_sent.constFind(number);
    if (found == m_sent.constEnd())
        return;
    const Sent sent = *found;
    if (outcome != Outcome::Conflict) // which is decided later
        m_sent.erase(found);
    if (sent.path.isEmpty())
        return settleJson(sent, outcome, error);
    switch (outcome) {
    case Outcome::Done:
        showEdit(sent, {.status = Status::Saved, .text = tr("Saved")});
        break;
    case Outcome::Conflict:
        showEdit(sent, {.status = Status::Conflict, .text = tr("Changed by somebody else meanwhile"), .typed = sent.typed});
        break;
    case Outcome::Failed:
        showEdit(sent, {.status = Status::Failed, .text = tr("Not saved: %1").arg(error), .typed = sent.typed});
        break;
    case Outcome::KeptTheirs:
        showEdit(sent, {});
        if (isShown(sent))
            load(false);
        break;
    case Outcome::EditsAgain:
        if (isShown(sent))
            editAgain(sent);
        break; // else what was typed waits at its place
    }
}

void DetailPanel::settleJson(const Sent &sent, Outcome outcome, const QString &error)
{
    switch (outcome) {
    case Outcome::Done:
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
    case Outcome::Conflict:
        showEdit(sent, {.text = tr("Changed by somebody else meanwhile")});
        break;
    case Outcome::Failed:
        showEdit(sent, {.text = tr("Not saved: %1").arg(error)});
        break;
    case Outcome::KeptTheirs:
        if (isShown(sent)) {
            m_json->revert();
            load(false);
        } else {
            m_drafts.forgetJson(sent.store, sent.key, sent.json);
        }
        break;
    case Outcome::EditsAgain:
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
            const QModelIndex at = place->siblingAtColumn(JsonTreeModel::Value);
            m_tree->setCurrentIndex(at);
            m_tree->setFocus();
            if (at.flags() & Qt::ItemIsEditable) {
                m_tree->edit(at); // with what was typed
                return;
            }
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
        (void)again.applyTo(mine, mine.lastSeenAt, SessionStore::DefaultSizeLimit);
        m_json->edit(merged(sent.seen.data.toJson(), mine.data.toJson(), theirs).toObject());
        m_tabs->setCurrentIndex(Json);
    });
}

/// Says below the tree why the edit of the current attribute did not happen.
void DetailPanel::showFailure()
{
    QModelIndex at = m_tree->currentIndex();
    while (at.parent().isValid() && at.data(JsonTreeModel::FailureRole).toString().isEmpty())
        at = at.parent();
    const QString failure = at.data(JsonTreeModel::FailureRole).toString();
    m_editStatus->setText(failure);
    m_editStatus->setVisible(!failure.isEmpty());
}

/// Shows messages that belong to no place in the tree below it.
void DetailPanel::say(const QString &text)
{
    m_editStatus->setText(text);
    m_editStatus->setVisible(true);
    announce(m_editStatus, text);
}

void DetailPanel::addAttribute()
{
    QModelIndex parent = m_tree->currentIndex().siblingAtColumn(0);
    const QJsonValue::Type type = parent.data(JsonTreeModel::JsonRole).toJsonValue().type();
    if (!m_tree->isExpanded(parent) || (type != QJsonValue::Object && type != QJsonValue::Array))
        parent = parent.parent();
    if (parent.data(JsonTreeModel::JsonRole).toJsonValue().isArray()) {
        m_model->add(parent, {}, QJsonValue::Null);
        return;
    }
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add attribute"));
    const QString path = parent.data(JsonTreeModel::PathRole).toString();
    dialog->setLabelText(parent.isValid() ? tr("Name in %1:").arg(Foreign::line(path)) : tr("Name:"));
    Foreign::showPlainly(dialog);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, shown = m_shown, place = m_model->pathOf(parent), path](const QString &name) {
                if (name.isEmpty())
                    return;
                const auto at = shown == m_shown && m_record && !m_gone ? m_model->indexAt(place) : std::nullopt;
                if (!at)
                    say(tr("Not added: the session is not there any more, or not shown."));
                if (!at)
                    return;
                if (at->isValid() && !at->data(JsonTreeModel::JsonRole).toJsonValue().isObject())
                    return say(tr("Not added: %1 is no object any more.").arg(Foreign::line(path)));
                if (!at->isValid() && m_record->data.contains(name.toUtf8()))
                    showAttribute(name);
                else
                    m_model->add(*at, name, u""_s);
            });
    dialog->open();
}

void DetailPanel::renameAttribute()
{
    const QModelIndex at = m_tree->currentIndex().siblingAtColumn(JsonTreeModel::Name);
    m_tree->setCurrentIndex(at);
    m_tree->edit(at);
}

/// Opens a page for a value that has no place in a line.
void DetailPanel::editOnPage(const QModelIndex &index)
{
    const JsonTreeModel::Path path = m_model->pathOf(index);
    const QJsonValue present = index.data(JsonTreeModel::JsonRole).toJsonValue();
    const QJsonValue typed = m_model->edits().value(path).typed;
    auto *dialog = new ValueDialog(
        index.data(JsonTreeModel::PathRole).toString(), present, typed.isUndefined() ? present : typed,
        [this, shown = m_shown, path](const QJsonValue &value) { return writeAt(shown, path, value); }, this);
    dialog->open();
}

/// Writes \a value to \a path of the session that was the \a shown one, or says why not.
QString DetailPanel::writeAt(int shown, const JsonTreeModel::Path &path, const QJsonValue &value)
{
    if (shown != m_shown || !m_record || m_gone)
        return tr("The session has ended, or is not shown any more. Copy what you typed.");
    if (!m_store->isWritable())
        return tr("The store is read-only now.");
    const auto at = m_model->indexAt(path);
    if (!at || !at->isValid())
        return tr("This value is not there any more. Copy what you typed.");
    m_model->setValue(*at, value);
    return {};
}

} // namespace Sojourn::Inspector
