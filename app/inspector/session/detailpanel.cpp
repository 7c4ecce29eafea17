// SPDX-License-Identifier: MIT
#include "detailpanel.h"

#include "jsonpage.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/roomydelegate.h"
#include "look/theme.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
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
#include <QtWidgets/QToolTip>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

/// Tells whether a value is being edited.
class AttributeView final : public QTreeView
{
public:
    bool isEditing() const { return state() == EditingState; }
};

/// Values that are not text are typed as JSON; what is not JSON stays in the editor until it is.
class ValueDelegate final : public RoomyDelegate
{
public:
    using RoomyDelegate::RoomyDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QWidget *editor = RoomyDelegate::createEditor(parent, option, index);
        if (editor && !index.data(JsonTreeModel::JsonRole).toJsonValue().isString())
            editor->setProperty("typesJson", true);
        return editor;
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *editor = qobject_cast<QLineEdit *>(watched);
        const int key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event)->key() : 0;
        if (editor && (key == Qt::Key_Return || key == Qt::Key_Enter) && editor->property("typesJson").toBool()
            && !decodeJson(editor->text().toUtf8())) {
            QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())),
                               DetailPanel::tr("This is not JSON. Write text in quotes."), editor);
            return true;
        }
        return RoomyDelegate::eventFilter(watched, event);
    }
};

/// A choice of types in the Type column.
class TypeDelegate final : public RoomyDelegate
{
public:
    using RoomyDelegate::RoomyDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *box = new QComboBox(parent);
        for (const auto type :
             {QJsonValue::String, QJsonValue::Double, QJsonValue::Bool, QJsonValue::Null, QJsonValue::Array, QJsonValue::Object})
            box->addItem(JsonTreeModel::typeName(type), int(type));
        return box;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        auto *box = static_cast<QComboBox *>(editor);
        box->setCurrentIndex(box->findData(index.data(Qt::EditRole).toInt()));
    }
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        model->setData(index, static_cast<QComboBox *>(editor)->currentData(), Qt::EditRole);
    }
};

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
        write(tr("Change %Ln attributes of %1", nullptr, attributes).arg(Format::shortKey(*m_key)), {}, change);
    });
    connect(m_json, &JsonPage::editedChanged, this, [this] {
        m_tabs->setTabText(1, m_json->isEdited() ? tr("JSON •", "with text that is not applied yet") : tr("JSON"));
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
    m_tabs->addTab(makeTimeLine(), tr("Time line"));

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_notice);
    layout->addWidget(m_showSuccessor, 0, Qt::AlignLeft);
    layout->addWidget(m_tabs, 1);
    layout->addStretch(); // only while the tabs are hidden

    m_reloadTimer.setSingleShot(true);
    m_reloadTimer.setInterval(300ms);
    connect(&m_reloadTimer, &QTimer::timeout, this, &DetailPanel::reload);
    connect(&m_second, &QTimer::timeout, this, &DetailPanel::showTimes);
    m_second.start(1s);
    showSession(nullptr, nullptr, {});
}

QWidget *DetailPanel::makeAttributes()
{
    m_model = new JsonTreeModel(this);
    m_tree = new AttributeView;
    m_tree->setObjectName("attributes"_L1);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Attributes"));
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setItemDelegate(new RoomyDelegate(this));
    m_tree->setItemDelegateForColumn(JsonTreeModel::Value, new ValueDelegate(this));
    m_tree->setItemDelegateForColumn(JsonTreeModel::Type, new TypeDelegate(this));
    m_tree->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                            | QAbstractItemView::AnyKeyPressed);
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
    bar->addSeparator();
    m_secrets = action(u"eye"_s, tr("Show secrets"));
    m_secrets->setCheckable(true);
    m_secrets->setToolTip(tr("Show values that look like secrets"));

    connect(m_add, &QAction::triggered, this, &DetailPanel::addAttribute);
    connect(m_rename, &QAction::triggered, this, &DetailPanel::renameAttribute);
    connect(m_remove, &QAction::triggered, this, [this] { m_model->removeAt(m_tree->currentIndex()); });
    connect(m_copyJson, &QAction::triggered, this, [this] {
        const QModelIndex at = m_tree->currentIndex();
        if (!at.isValid() || at.data(JsonTreeModel::SecretRole).toBool())
            return;
        const QJsonValue value = at.data(JsonTreeModel::JsonRole).toJsonValue();
        QGuiApplication::clipboard()->setText(QString::fromUtf8(encodeJson(m_model->secretsShown() ? value
                                                                                                   : Format::masked(value))));
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
    for (QAbstractItemDelegate *delegate : {m_tree->itemDelegate(), m_tree->itemDelegateForColumn(JsonTreeModel::Value),
                                            m_tree->itemDelegateForColumn(JsonTreeModel::Type)})
        connect(delegate, &QAbstractItemDelegate::closeEditor, this, &DetailPanel::catchUp);

    connect(m_model, &JsonTreeModel::setWanted, this, [this](const QString &name, const QJsonValue &value) {
        SessionChange change;
        change.set(name.toUtf8(), encodeJson(value));
        write(tr("Set %1 of %2").arg(Foreign::line(name, 40), Format::shortKey(*m_key)), name, change);
    });
    connect(m_model, &JsonTreeModel::removeWanted, this, [this](const QString &name) {
        SessionChange change;
        change.remove(name.toUtf8());
        write(tr("Remove %1 of %2").arg(Foreign::line(name, 40), Format::shortKey(*m_key)), name, change);
    });
    connect(m_model, &JsonTreeModel::renameWanted, this, [this](const QString &name, const QString &newName) {
        if (m_record->data.contains(newName.toUtf8())) {
            m_model->setStatus(name, JsonTreeModel::EditStatus::Failed,
                               tr("Not renamed: there is an attribute %1 already.").arg(Foreign::line(newName)));
            return;
        }
        SessionChange change;
        change.set(newName.toUtf8(), m_record->data.json(name.toUtf8()));
        change.remove(name.toUtf8());
        write(tr("Rename %1 to %2 in %3").arg(Foreign::line(name, 40), Foreign::line(newName, 40), Format::shortKey(*m_key)),
              name, change);
    });

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

QWidget *DetailPanel::makeTimes()
{
    auto *page = new QWidget;
    m_times = new QFormLayout;
    m_times->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const QString &title : {tr("Created:"), tr("Last seen:"), tr("Ends:"), tr("Ends in:"), tr("Absolute end:"),
                                 tr("Expiry:"), tr("Id handed out:"), tr("Fresh id:"), tr("Version:"), tr("Size:")}) {
        auto *label = Foreign::makeLabel();
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
        m_times->addRow(Foreign::makeLabel(title), label);
        m_timeLabels << label;
    }
    m_setExpiry = new QPushButton(tr("Set e&xpiry…"));
    m_expireNow = new QPushButton(tr("Expire &now"));
    connect(m_setExpiry, &QPushButton::clicked, this, &DetailPanel::expiryWanted);
    connect(m_expireNow, &QPushButton::clicked, this, &DetailPanel::expireNowWanted);
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

QWidget *DetailPanel::makeTimeLine()
{
    m_timeLine = makeList(tr("Time line"), {tr("When"), tr("What happened")});
    m_timeLine->setAlternatingRowColors(true);
    m_timeLine->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_timeLine);
    return page;
}

void DetailPanel::showSession(OpenStore *store, Editor *editor, const std::optional<SessionKey> &key)
{
    const bool same = store == m_store && key == m_key && key;
    if (!same) {
        keepDraft();
        for (const QMetaObject::Connection &connection : {m_events, m_writable, m_applied})
            disconnect(connection);
        m_record.reset();
        m_gone = false;
        m_ending.reset();
        m_missed = false;
        ++m_shown;
        m_model->setAttributes({});
        m_json->revert();
        m_json->setAttributes({});
        m_timeLine->clear();
        m_notice->hide();
        m_showSuccessor->hide();
        m_editStatus->hide();
    }
    m_store = store;
    m_editor = editor;
    m_key = key;
    ++m_life;
    m_tabs->setVisible(m_store && m_key);
    if (!m_store || !m_key) {
        m_title->setText(tr("No session selected"));
        m_subtitle->setText(tr("Select one in the table to see its attributes, times and what happened to it."));
        return;
    }
    if (!same) {
        m_events = connect(m_store->reader().get(), &SessionStore::sessionEvent, this, [this](const SessionEvent &event) {
            if (event.oldKey == m_key) {
                m_key = event.key;
                for (std::optional<SessionRecord> *known : {&m_record, &m_jsonSeen}) {
                    if (*known)
                        (*known)->key = event.key;
                }
            }
            if (event.key == m_key && !m_reloadTimer.isActive())
                m_reloadTimer.start();
        });
        m_writable = connect(m_store, &OpenStore::writableChanged, this, &DetailPanel::updateActions);
        m_applied = connect(m_editor, &Editor::applied, this, [this](const SessionKey &of) {
            if (of != m_key && !of.isNull())
                return;
            m_model->clearFailures();
            reload();
        });
    }
    showHeader();
    reload();
}

void DetailPanel::reload()
{
    if (!m_store || !m_key)
        return;
    const int life = ++m_life;
    m_store->reader()->load(*m_key).then(this, [this, life](const Result<SessionRecord> &record) {
        if (life != m_life)
            return;
        m_gone = !record && record.error() == Error::NotFound;
        m_showSuccessor->hide();
        if (record) {
            m_notice->hide();
            m_ending.reset();
            if (m_tabBefore)
                m_tabs->setCurrentIndex(*std::exchange(m_tabBefore, std::nullopt));
            take(*record);
        } else if (record.error() != Error::NotFound) {
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
            m_tabs->setCurrentIndex(3);
        }
        updateActions();
        takeHistory(*m_key, 0, {});
    });
}

/// What is being edited stays as it was when that began, so that attributes that somebody else changed meanwhile are a conflict.
void DetailPanel::take(const SessionRecord &record)
{
    if (!m_record)
        restoreDraft();
    if (m_tree->isEditing() && m_record && record.data != m_record->data) {
        m_missed = true;
        return;
    }
    m_record = record;
    if (!m_tree->isEditing())
        m_model->setAttributes(record.data);
    if (!m_json->isEdited())
        m_json->setAttributes(record.data.toJson());
    showHeader();
    showTimes();
}

/// Brings back what was typed as JSON for the session before, if anything was.
bool DetailPanel::restoreDraft()
{
    const auto draft = std::ranges::find_if(m_drafts,
                                            [this](const Draft &one) { return one.store == m_store && one.seen.key == *m_key; });
    if (draft == m_drafts.end())
        return false;
    m_jsonSeen = draft->seen;
    m_json->setAttributes(m_jsonSeen->data.toJson());
    m_json->restore(draft->text);
    m_drafts.erase(draft);
    return true;
}

void DetailPanel::changeKey(const SessionKey &oldKey, const SessionKey &newKey)
{
    for (Draft &draft : m_drafts) {
        if (draft.seen.key == oldKey)
            draft.seen.key = newKey;
    }
}

bool DetailPanel::hasDrafts(const OpenStore *store) const
{
    return (m_store == store && m_json->isEdited())
        || std::ranges::any_of(m_drafts, [store](const Draft &draft) { return draft.store == store; });
}

/// What was typed as JSON and not applied waits for the session to be shown again.
void DetailPanel::keepDraft()
{
    m_drafts.removeIf([](const Draft &draft) { return !draft.store; });
    if (m_store && m_jsonSeen && m_json->isEdited())
        m_drafts.append({m_store, m_json->text(), *m_jsonSeen});
}

/// Editing in the tree is over: shows what it held back.
void DetailPanel::catchUp()
{
    if (std::exchange(m_missed, false))
        m_reloadTimer.start();
}

/// The events of the session under this key and, where ids were rotated, under the keys before.
void DetailPanel::takeHistory(const SessionKey &key, int depth, QList<SessionEvent> known)
{
    HistoryQuery query;
    query.key = key;
    query.limit = 200;
    m_store->reader()->history(query).then(this, [this, key, depth, known,
                                                  life = m_life](const Result<QList<SessionEvent>> &events) mutable {
        if (life != m_life || !events)
            return;
        std::optional<SessionKey> earlier;
        for (const SessionEvent &event : *events) {
            if (known.contains(event))
                continue;
            known << event;
            if (event.type == SessionEvent::Rotated && event.key == key)
                earlier = event.oldKey;
        }
        if (earlier && depth < 10) {
            takeHistory(*earlier, depth + 1, known);
            return;
        }
        std::ranges::stable_sort(known, std::ranges::greater(), &SessionEvent::at);
        m_timeLine->clear();
        const TimePoint now = m_store->reader()->now();
        if (m_record) {
            auto *item = new QTreeWidgetItem(m_timeLine, {Format::when(m_record->lastSeenAt, now), tr("Last seen")});
            item->setIcon(1, Theme::icon(u"eye"_s));
            item->setForeground(1, Theme::colour(Theme::Colour::Muted));
        }
        bool wasThereAgain = false; // what ended it before that is past
        for (const SessionEvent &event : known) {
            wasThereAgain = wasThereAgain || (event.type == SessionEvent::Created && event.key == m_key);
            auto *item = new QTreeWidgetItem(m_timeLine, {Format::when(event.at, now), Format::event(event)});
            item->setToolTip(0, Format::exact(event.at));
            const bool ends = event.type == SessionEvent::Destroyed || event.type == SessionEvent::Expired
                           || event.type == SessionEvent::Revoked;
            item->setIcon(1, Theme::icon(ends ? u"ended"_s : event.type == SessionEvent::Rotated ? u"rotate"_s : u"created"_s));
            if (m_gone && event.type == SessionEvent::Rotated && event.oldKey == m_key) {
                m_notice->setText(tr("This id was replaced. The session went on as %1.").arg(Format::shortKey(event.key)));
                m_successor = event.key;
                m_showSuccessor->show();
            }
            if (ends && event.key == m_key && !m_ending && !wasThereAgain && (m_gone || !m_record))
                m_ending = event;
        }
        if (m_timeLine->topLevelItemCount() == 0)
            new QTreeWidgetItem(m_timeLine, {QString(), tr("Nothing is known of this session.")});
        showHeader();
    });
}

void DetailPanel::showHeader()
{
    if (!m_key || !m_store)
        return;
    m_title->setText(tr("Session %1").arg(Format::shortKey(*m_key)));
    m_title->setToolTip(m_key->toString());
    QStringList parts;
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
    m_subtitle->setText(parts.join(u" · "_s));
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
                               Format::bytes(record.size)};
    for (int i = 0; i < texts.size(); ++i) {
        if (m_timeLabels[i]->text() != texts[i])
            m_timeLabels[i]->setText(texts[i]);
    }
}

void DetailPanel::updateActions()
{
    const bool writable = m_store && m_store->isWritable() && m_record && !m_gone;
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
}

void DetailPanel::showAttribute(const QString &name)
{
    const auto found = m_model->match(m_model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    m_tabs->setCurrentIndex(0);
    m_tree->setCurrentIndex(found.first().siblingAtColumn(JsonTreeModel::Value));
    m_tree->setFocus();
}

void DetailPanel::focusAttributes()
{
    if (!m_record)
        return;
    m_tabs->setCurrentIndex(0);
    if (!m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, JsonTreeModel::Value));
    m_tree->setFocus(Qt::OtherFocusReason);
}

/// Sends \a change and shows at the attribute, or without one on the JSON page, how it goes.
void DetailPanel::write(const QString &text, const QString &attribute, SessionChange change)
{
    if (!m_record || !m_editor)
        return;
    const auto show = [this, attribute](JsonTreeModel::EditStatus status, const QString &said) {
        if (attribute.isEmpty())
            m_json->setStatus(said);
        else
            m_model->setStatus(attribute, status, said);
    };
    show(JsonTreeModel::EditStatus::Saving, tr("Saving…"));
    const SessionRecord seen = attribute.isEmpty() && m_jsonSeen ? *m_jsonSeen : *m_record;
    const Edit edit = Edit::changing(seen, std::move(change));
    m_editor->apply(text, edit, seen,
                    [=, this, self = QPointer(this), shown = m_shown, applied = m_json->text()](Outcome outcome,
                                                                                                const QString &error) {
                        if (!self || shown != m_shown)
                            return;
                        switch (outcome) {
                        case Outcome::Done:
                            if (attribute.isEmpty() && m_json->text() == applied)
                                m_json->revert(); // to what was typed, once it has been loaded
                            else if (attribute.isEmpty())
                                editAgain({}, {}, seen); // typing went on: from what was saved
                            show(JsonTreeModel::EditStatus::Saved, tr("Saved"));
                            break;
                        case Outcome::Conflict:
                            show(JsonTreeModel::EditStatus::Conflict, tr("Changed by somebody else meanwhile"));
                            break;
                        case Outcome::Failed:
                            show(JsonTreeModel::EditStatus::Failed, tr("Not saved: %1").arg(error));
                            break;
                        case Outcome::KeptTheirs:
                            if (attribute.isEmpty())
                                m_json->revert();
                            show(JsonTreeModel::EditStatus::None, {});
                            reload();
                            break;
                        case Outcome::EditsAgain:
                            editAgain(attribute, edit.change, seen);
                            break;
                        }
                    });
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

/// What was typed against \a seen is edited on against the present record. An empty \a change stands for one that was saved while
/// more was typed.
void DetailPanel::editAgain(const QString &attribute, const SessionChange &change, const SessionRecord &seen)
{
    m_store->reader()->load(*m_key).then(this, [this, attribute, change, seen,
                                                shown = m_shown](const Result<SessionRecord> &record) {
        if (!record || shown != m_shown)
            return;
        m_record = *record;
        m_missed = false;
        m_model->setAttributes(record->data);
        showHeader();
        const QJsonObject theirs = record->data.toJson();
        if (!attribute.isEmpty()) {
            m_model->setStatus(attribute, JsonTreeModel::EditStatus::None);
            showAttribute(attribute);
            m_tree->edit(m_tree->currentIndex());
            const auto wanted = std::ranges::find(change.attributes(), attribute.toUtf8(), &SessionChange::Attribute::name);
            auto *editor = m_tree->isEditing() ? m_tree->viewport()->findChild<QLineEdit *>() : nullptr;
            if (editor && wanted != change.attributes().end()) {
                if (const auto value = decodeJson(wanted->json))
                    editor->setText(value->isString() ? value->toString() : QString::fromUtf8(wanted->json));
                return;
            }
            if (m_json->isEdited()) { // what is typed there is something else
                m_model->setStatus(attribute, JsonTreeModel::EditStatus::Conflict, tr("Changed by somebody else meanwhile"));
                return;
            }
        }
        m_jsonSeen = *record;
        m_json->setAttributes(theirs);
        if (change.isEmpty())
            return;
        // Inside of lists and objects, or as JSON: what was typed, and what others have added.
        SessionRecord mine = seen;
        SessionChange again = change;
        again.expectedVersion.reset();
        (void)again.applyTo(mine, mine.lastSeenAt, SessionStore::DefaultSizeLimit);
        m_json->edit(merged(seen.data.toJson(), mine.data.toJson(), theirs).toObject());
        m_tabs->setCurrentWidget(m_json);
    });
}

/// Says below the tree why the edit of the current attribute did not happen.
void DetailPanel::showFailure()
{
    QModelIndex at = m_tree->currentIndex();
    while (at.parent().isValid())
        at = at.parent();
    const QString failure = at.data(JsonTreeModel::FailureRole).toString();
    m_editStatus->setText(failure);
    m_editStatus->setVisible(!failure.isEmpty());
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
    dialog->setLabelText(parent.isValid() ? tr("Name in %1:").arg(Foreign::line(parent.data(JsonTreeModel::PathRole).toString()))
                                          : tr("Name:"));
    Foreign::showPlainly(dialog);
    const QPersistentModelIndex in(parent);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, in](const QString &name) {
        if (name.isEmpty() || !m_record)
            return;
        if (!in.isValid() && m_record->data.contains(name.toUtf8()))
            showAttribute(name);
        else
            m_model->add(in, name, u""_s);
    });
    dialog->open();
}

void DetailPanel::renameAttribute()
{
    const QModelIndex at = m_tree->currentIndex().siblingAtColumn(JsonTreeModel::Name);
    m_tree->setCurrentIndex(at);
    m_tree->edit(at);
}

} // namespace Sojourn::Inspector
