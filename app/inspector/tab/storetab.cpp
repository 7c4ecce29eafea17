// SPDX-License-Identifier: MIT
#include "storetab.h"

#include "edit/bulkbar.h"
#include "edit/conflictdialog.h"
#include "look/activitylog.h"
#include "look/announce.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "rotationbar.h"
#include "savedviews.h"
#include "searchbar.h"
#include "store/settings.h"
#include "table/sessionview.h"

#include <Sojourn/SessionId>
#include <Sojourn/Stores>

#include <QtCore/QEvent>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

StoreTab::StoreTab(std::unique_ptr<OpenStore> store, ActivityLog *log, QWidget *parent)
    : QWidget(parent), m_store(std::move(store))
{
    m_editor = new StoreEditor(m_store.get(), log, this);
    m_model = new SessionModel(m_store->reader(), this);
    m_view = new SessionView;
    m_view->setSessions(m_model);
    m_actions = new StoreActions(m_store.get(), m_editor, m_model, m_view);

    m_pages = new QStackedWidget;
    m_pages->addWidget(m_view);
    m_pages->addWidget(makeEmptyState());
    m_pages->setFocusPolicy(Qt::ClickFocus);
    m_pages->setAccessibleName(tr("Sessions"));
    m_banner = makeBanner();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    m_search = new SearchBar(m_model);
    m_views = new SavedViews([this] { return m_store->connection(); }, [this] { return m_search->line(); });
    m_search->addButton(m_views);
    layout->addWidget(m_search);
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeFoot());

    connect(m_search, &SearchBar::filterChosen, this, &StoreTab::setFilter);
    connect(m_view, &SessionView::attributeColumnWanted, this, &StoreTab::askAttributeColumn);
    connect(m_views, &SavedViews::chosen, m_search, &SearchBar::search);
    connect(m_rotation, &RotationBar::revokeWanted, m_actions, qOverload<const QList<SessionInfo> &>(&StoreActions::revoke));
    connect(m_rotation, &RotationBar::showWaitingWanted, this, [this] {
        SessionFilter filter;
        filter.state = SessionFilter::RotationDue;
        setFilter(filter);
    });
    connect(m_store->reader().get(), &SessionStore::sessionEvent, m_rotation, &RotationBar::handleEvent);
    connect(m_model, &SessionModel::statusChanged, this, &StoreTab::showStatus);
    connect(m_view, &SessionView::viewMoved, this, &StoreTab::countChanged);
    connect(m_model, &SessionModel::keyChanged, m_editor, &StoreEditor::changeKey);
    connect(m_store.get(), &OpenStore::stateChanged, this, &StoreTab::showStore);
    connect(m_store.get(), &OpenStore::connectionChanged, this, &StoreTab::showStore);
    connect(m_store.get(), &OpenStore::writableChanged, this, &StoreTab::showStore);
    connect(m_store.get(), &OpenStore::recovered, m_model, &SessionModel::refresh);
    connect(m_store.get(), &OpenStore::recovered, m_message, &QWidget::hide); // it was of what did not work meanwhile
    connect(m_store.get(), &OpenStore::writableChanged, this,
            [this, log] { log->done(m_store->name(), m_store->isWritable() ? tr("Made writable") : tr("Made read-only")); });
    connect(m_store.get(), &OpenStore::writableFailed, this,
            [this](const Error &error) { showMessage(Format::error(error), true); });
    connect(m_editor, &StoreEditor::conflict, this, &StoreTab::showConflict);
    connect(m_editor, &StoreEditor::failed, this,
            [this](const QString &text, const Error &error) { showMessage(tr("%1: %2").arg(text, Format::error(error)), true); });
    connect(m_editor, &StoreEditor::applied, this, [this] { m_message->hide(); });
    connect(m_editor, &StoreEditor::stepsForgotten, this, [this] {
        showMessage(tr("Another store may answer at this address now: what was done before can no longer be undone."), true);
    });
    connect(m_editor, &StoreEditor::changed, m_model, &SessionModel::take);
    connect(m_editor, &StoreEditor::changed, m_rotation, &RotationBar::note);
    connect(m_editor, &StoreEditor::jobStarted, this, &StoreTab::showJob);
    connect(m_actions, &StoreActions::failed, this,
            [this](const QString &what, const Error &error) { showMessage(tr("%1: %2").arg(what, Format::error(error)), true); });
    connect(m_actions, &StoreActions::done, this, [this](const QString &what) { showMessage(what, false); });
    connect(m_actions, &StoreActions::counting, this, &StoreTab::showCounting);
    connect(m_actions, &StoreActions::countingFinished, m_counting, &QWidget::hide);
    showStore();
    showStatus();
}

StoreTab::~StoreTab()
{
    // The editor tells of its end, and uses the store, which is a member.
    m_editor->stack().disconnect();
    delete m_editor;
}

QWidget *StoreTab::makeEmptyState()
{
    m_emptyTitle = Foreign::makeLabel();
    QFont font = m_emptyTitle->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setBold(true);
    m_emptyTitle->setFont(font);
    m_emptyTitle->setAlignment(Qt::AlignCenter);
    m_emptyTitle->setWordWrap(true);
    m_emptyText = Foreign::makeLabel();
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyButton = new QPushButton;
    auto *page = new QWidget;
    page->setAutoFillBackground(true);
    page->setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(page);
    layout->addStretch(2);
    layout->addWidget(m_emptyTitle);
    layout->addWidget(m_emptyText);
    layout->addSpacing(8);
    layout->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        if (m_model->status() == SessionModel::Status::Failed || m_model->filter().isEmpty())
            m_model->reset();
        else
            clearFilter();
    });
    return page;
}

/// Makes a store that is read-only writable, or the other way round. Production asks for confirmation.
void StoreTab::changeWritable()
{
    if (m_store->isWritable() || !m_store->isProduction())
        return m_store->setWritable(!m_store->isWritable());
    const QString name = Foreign::line(m_store->name());
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Make %1 writable").arg(name),
                                tr("%1 is production. Make it writable?").arg(name), QMessageBox::Cancel, window());
    box->setObjectName("makeWritable"_L1);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("What you change takes effect for visitors at once. The store is read-only again when its tab closes."));
    QPushButton *go = box->addButton(tr("&Make it writable"), QMessageBox::AcceptRole);
    connect(go, &QPushButton::clicked, this, [this] { m_store->setWritable(true); });
    box->setDefaultButton(QMessageBox::Cancel);
    Foreign::showPlainly(box);
    box->open();
}

QFrame *StoreTab::makeBanner()
{
    auto *banner = new QFrame;
    m_bannerTitle = Foreign::makeTitle();
    m_bannerTitle->setWordWrap(false);
    m_bannerText = Foreign::makeLabel();
    m_bannerText->setWordWrap(true);
    m_bannerButton = new QPushButton;
    auto *layout = new QHBoxLayout(banner);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->addWidget(m_bannerTitle);
    layout->addWidget(m_bannerText, 1);
    layout->addWidget(m_bannerButton);
    connect(m_bannerButton, &QPushButton::clicked, this, [this] {
        if (m_store->state() == OpenStore::State::Lost)
            Q_EMIT connectionWanted();
        else
            changeWritable();
    });
    return banner;
}

QWidget *StoreTab::makeFoot()
{
    m_counting = new QFrame;
    m_counting->setFrameShape(QFrame::StyledPanel);
    m_countingText = Foreign::makeLabel();
    auto *progress = new QProgressBar;
    progress->setRange(0, 0);
    progress->setMaximumWidth(180);
    progress->setAccessibleName(tr("Progress"));
    auto *stop = new QPushButton(tr("Stop"));
    connect(stop, &QPushButton::clicked, m_actions, &StoreActions::stopCounting);
    auto *countingLayout = new QHBoxLayout(m_counting);
    countingLayout->setContentsMargins(8, 4, 6, 4);
    countingLayout->addWidget(m_countingText, 1);
    countingLayout->addWidget(progress);
    countingLayout->addWidget(stop);
    m_counting->hide();

    m_message = new QFrame;
    m_message->setFrameShape(QFrame::StyledPanel);
    m_messageIcon = Foreign::makeLabel();
    m_messageText = Foreign::makeLabel();
    m_messageText->setObjectName("message"_L1);
    m_messageText->setWordWrap(true);
    m_messageText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *closeMessage = new QPushButton(tr("Close"));
    connect(closeMessage, &QPushButton::clicked, m_message, &QWidget::hide);
    auto *messageLayout = new QHBoxLayout(m_message);
    messageLayout->setContentsMargins(8, 4, 6, 4);
    messageLayout->addWidget(m_messageIcon);
    messageLayout->addWidget(m_messageText, 1);
    messageLayout->addWidget(closeMessage);
    m_message->hide();

    auto *foot = new QWidget;
    m_foot = new QVBoxLayout(foot);
    m_foot->setContentsMargins(0, 0, 0, 0);
    m_foot->setSpacing(0);
    m_rotation = new RotationBar;
    m_foot->addWidget(m_rotation);
    m_foot->addWidget(m_counting);
    m_foot->addWidget(m_message);
    return foot;
}

/// Each job has a bar. Those of jobs that are done make room for the next.
void StoreTab::showJob(BulkJob *job)
{
    for (BulkBar *bar : findChildren<BulkBar *>()) {
        if (!bar->isNeeded())
            delete bar;
    }
    m_foot->insertWidget(m_foot->count() - 1, new BulkBar(job));
    connect(job, &BulkJob::edited, m_rotation, &RotationBar::note);
    connect(job, &BulkJob::edited, m_model, [this](const SessionRecord &now) {
        if (now.rotateRequested) // the version stays, so the event of it is no news
            m_model->take(now);
    });
}

void StoreTab::showCounting(int found)
{
    m_countingText->setText(tr("Counting sessions: %1").arg(Format::number(found)));
    m_counting->setVisible(m_actions->isCounting());
}

void StoreTab::showMessage(const QString &text, bool bad)
{
    m_messageIcon->setPixmap(Theme::icon(bad ? u"warning"_s : u"check"_s).pixmap(QSize(16, 16), devicePixelRatioF()));
    m_messageText->setText(text);
    m_message->show();
    announce(m_messageText, text);
}

void StoreTab::showConflict(const Conflict &conflict)
{
    auto *dialog = new ConflictDialog(conflict, window());
    connect(dialog, &ConflictDialog::writeMine, this, [this, conflict] { m_editor->overwrite(conflict); });
    connect(dialog, &ConflictDialog::keepTheirs, this, [this, conflict] { m_editor->keepTheirs(conflict); });
    connect(dialog, &ConflictDialog::editAgain, this, [this, conflict] {
        m_view->select(conflict.edit.key);
        if (conflict.done)
            conflict.done(EditOutcome::EditsAgain, {});
    });
    dialog->open();
}

std::optional<QString> StoreTab::currentUser() const
{
    const auto key = m_view->currentKey();
    const SessionRow *row = key ? m_model->row(m_model->rowOf(*key)) : nullptr;
    return row ? std::optional(row->info.user) : std::nullopt;
}

void StoreTab::setFilter(const SessionFilter &filter)
{
    m_filter = filter;
    m_countWaits = true;
    m_search->setFilter(filter);
    m_model->setFilter(filter);
    showStatus();
    rememberFilter();
}

/// Where the settings keep what is remembered about a store.
static QString filterGroup(const Connection &connection)
{
    return connection.settingsKey(u"filters"_s);
}

static QString columnsKey(const Connection &connection)
{
    return connection.settingsKey(u"attributeColumns"_s);
}

/// Only the state outlives the tab: names, keys and attribute texts are about people, and deadlines pass.
void StoreTab::rememberFilter() const
{
    const QString group = filterGroup(m_store->connection());
    if (m_store->connection().url == "memory:"_L1)
        return;
    if (m_filter.state != SessionFilter::Any)
        Settings::setValue(group + "/state"_L1, int(m_filter.state));
    else if (Settings::value(group + "/state"_L1).isValid())
        Settings::remove(group);
}

void StoreTab::restoreFilter()
{
    const QString group = filterGroup(m_store->connection());
    Settings::remove(group + "/user"_L1); // which earlier versions wrote
    Settings::remove(group + "/key"_L1);
    SessionFilter filter;
    filter.state = SessionFilter::State(qBound(int(SessionFilter::Any), Settings::value(group + "/state"_L1).toInt(),
                                               int(SessionFilter::Quarantined)));
    if (!filter.isEmpty())
        setFilter(filter);
    m_model->addAttributeColumns(Settings::value(columnsKey(m_store->connection())).toStringList());
    connect(m_model, &SessionModel::attributeColumnsChanged, this,
            [this] { Settings::setValue(columnsKey(m_store->connection()), m_model->attributeColumns()); });
}

void StoreTab::askAttributeColumn()
{
    auto *dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Show an attribute as column"));
    dialog->setLabelText(tr("Name of the attribute, as in role or cart.total:"));
    dialog->setComboBoxItems(m_search->attributeNames());
    dialog->setComboBoxEditable(true);
    connect(dialog, &QInputDialog::textValueSelected, m_model,
            [this](const QString &path) { m_model->addAttributeColumns({path.trimmed()}); });
    dialog->open();
}

void StoreTab::focusFilter()
{
    m_search->focusLine();
}

void StoreTab::focusSessions()
{
    m_focusWaits = m_pages->currentWidget() != m_view;
    if (!m_focusWaits)
        return m_view->setFocus();
    m_pages->setFocus(); // whatever is pressed until then goes nowhere
}

void StoreTab::refresh()
{
    m_model->refresh();
}

QString StoreTab::countText() const
{
    const qint64 shown = m_model->shown();
    QString text = m_model->filter().isEmpty()
                     ? tr("%Ln sessions", nullptr, int(m_model->total()))
                     : tr("%1 of %Ln sessions", nullptr, int(m_model->total())).arg(Format::number(shown));
    if (m_model->isSearchUnfinished())
        text += tr(" (search not finished)");
    if (const qint64 ended = m_model->rowCount() - shown; ended > 0 && ended < 10'000)
        text += tr(", %Ln ended", nullptr, int(ended));
    if (m_model->unseen() > 0)
        text += tr(", %Ln new outside this view (F5)", nullptr, m_model->unseen());
    if (const auto [selected, hidden] = m_view->selectedAndHidden(); selected > 0) {
        text += tr(", %Ln selected", nullptr, int(selected));
        if (hidden > 0)
            text += tr(", %Ln of them out of sight", nullptr, int(hidden));
    }
    return text;
}

/// Says once how many sessions a filter shows, when that is known.
void StoreTab::announceCount()
{
    const bool isKnown = m_model->status() == SessionModel::Status::Ready && !m_model->isSearching() && !m_model->isCounting();
    if (m_countWaits && isKnown) {
        m_countWaits = false;
        announce(m_view, countText());
    }
}

void StoreTab::showStatus()
{
    m_search->showProgress();
    announceCount();
    const auto empty = [this](const QString &title, const QString &text, const QString &button) {
        m_emptyTitle->setText(title);
        m_emptyText->setText(text);
        m_emptyText->setVisible(!text.isEmpty());
        m_emptyButton->setText(button);
        m_emptyButton->setVisible(!button.isEmpty());
        m_pages->setCurrentIndex(1);
    };
    if (m_model->rowCount() > 0) {
        m_pages->setCurrentIndex(0);
        if (std::exchange(m_focusWaits, false) && m_search->isEmpty())
            m_view->setFocus();
    } else if (m_model->status() == SessionModel::Status::Failed)
        empty(tr("The sessions cannot be shown"),
              m_store->state() == OpenStore::State::Lost ? QString() : Format::error(m_model->error()),
              tr("Try again")); // else the banner says why
    else if (m_model->status() == SessionModel::Status::Loading || m_model->isSearching())
        empty(m_model->isSearching() ? tr("Searching…") : tr("Asking the store…"), {}, {});
    else if (!m_model->filter().isEmpty())
        empty(tr("No session matches the filter"), tr("%Ln sessions are in the store.", nullptr, int(m_model->total())),
              tr("Clear the filter"));
    else
        empty(tr("No session yet"),
              tr("Sessions appear here as soon as the application makes one. Open one of its pages in a browser."), {});
}

/// The banner says what makes this store different: it cannot be reached, it is production, it is read-only.
void StoreTab::showStore()
{
    m_rotation->setWritable(m_store->isWritable());
    const Connection &connection = m_store->connection();
    QString title, text;
    QColor colour = connection.colour;
    m_bannerButton->hide();
    if (m_store->state() == OpenStore::State::Lost) {
        title = tr("Not connected.");
        text = tr("%1 Trying again by itself.").arg(Format::error(m_store->error()));
        colour = Theme::colour(Theme::Colour::Bad);
        m_bannerButton->setText(tr("Edit connection…"));
        m_bannerButton->show();
    } else if (m_store->isWritable() && connection.opensReadOnly()) {
        title = m_store->isProduction() ? tr("Production, writable.")
                                        : tr("%1 can be changed.").arg(Foreign::line(connection.name));
        text = tr("This ends with the tab.");
        colour = Theme::colour(Theme::Colour::Bad);
        m_bannerButton->setText(tr("Make it read-only again"));
        m_bannerButton->show();
    } else if (!m_store->isWritable()) {
        const bool production = connection.environment == Connection::Production;
        title = production ? tr("Production, read-only.") : tr("Read-only.");
        text = production               ? tr("Nothing here can be changed by accident.")
             : m_store->canBeWritable() ? QString()
                                        : tr("Nothing in it can be changed.");
        m_bannerButton->setText(m_store->isProduction() ? tr("Make it writable…") : tr("Make it writable"));
        m_bannerButton->setVisible(m_store->canBeWritable());
    }
    const QString before = m_bannerTitle->text();
    m_bannerTitle->setText(title);
    m_bannerText->setText(text);
    const bool isLost = m_store->state() == OpenStore::State::Lost;
    QStringList news;
    if (std::exchange(m_isLost, isLost) && !isLost)
        news << tr("Connected again.");
    if (title != before && !title.isEmpty())
        news << title << text;
    if (const QString told = news.join(u' ').trimmed(); !told.isEmpty())
        announce(m_bannerText, told);
    m_banner->setVisible(!title.isEmpty());
    showStatus();
    QColor tint = colour;
    tint.setAlphaF(0.16f);
    m_banner->setStyleSheet(
        u"QFrame { background: rgba(%1,%2,%3,%4); border-left: 4px solid %5; } QLabel { border: none; background: none; }"_s
            .arg(tint.red())
            .arg(tint.green())
            .arg(tint.blue())
            .arg(tint.alpha())
            .arg(colour.name()));
}

void StoreTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_banner)
        showStore();
}

void StoreTab::findByCookie()
{
    auto *dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Find by cookie"));
    dialog->setLabelText(tr("Value of the session cookie.\nIt is hashed here, sent nowhere and not kept:"));
    dialog->setTextEchoMode(QLineEdit::Password);
    dialog->resize(420, dialog->sizeHint().height());
    dialog->setInputMode(QInputDialog::TextInput);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, dialog](const QString &value) {
        // People paste whole cookie lines, rows of a table, or what is in quotes.
        QList<SessionKey> keys;
        for (const QString &part : value.split(QRegularExpression(u"[^A-Za-z0-9_-]+"_s), Qt::SkipEmptyParts)) {
            if (const auto id = SessionId::fromCookieValue(part.toLatin1()))
                keys << id->key();
        }
        dialog->setTextValue({});
        if (keys.isEmpty())
            showMessage(tr("This is no session cookie: its value must be 22 letters, digits, - and _."), true);
        else
            findOneOf(keys);
    });
    dialog->open();
}

/// Shows the first of \a keys that lives, or what is known of the first.
void StoreTab::findOneOf(const QList<SessionKey> &keys, qsizetype at)
{
    m_message->hide();
    m_store->reader()->load(keys[at]).then(this, [this, keys, at](const Result<SessionRecord> &record) {
        if (!record && record.error() != Error::NotFound && record.error() != Error::Replaced)
            return showMessage(Format::error(record.error()), true);
        if (!record && at + 1 < keys.size())
            return findOneOf(keys, at + 1);
        if (record)
            showLiving(record->key); // a key in its grace time stands for another one
        else
            showEnded(keys.first());
    });
}

/// Selects the session. A filter that hides it stays; without one the row may be anywhere.
void StoreTab::showLiving(const SessionKey &key)
{
    if (m_model->rowOf(key) >= 0)
        return m_view->select(key);
    if (m_filter.isEmpty()) {
        SessionFilter filter;
        filter.keyPrefix = key.toLatin1();
        setFilter(filter);
    } else {
        showMessage(tr("The session is in the panel. In the table the filter hides it, or it is farther down."), false);
    }
    m_view->select(key);
}

/// No living session has this cookie: asks the history for one that had it.
void StoreTab::showEnded(const SessionKey &key)
{
    HistoryQuery query;
    query.key = key;
    query.limit = 1;
    m_store->reader()->history(query).then(this, [this, key](const Result<QList<SessionEvent>> &events) {
        if (!events)
            return showMessage(Format::error(events.error()), true);
        if (events->isEmpty())
            return showMessage(tr("Nothing is known of this cookie: this store did not issue it, or so long ago that its "
                                  "history is gone."),
                               true);
        m_view->select(key);
        showMessage(tr("No living session has this cookie. The time line says how it ended."), true);
    });
}

} // namespace Sojourn::Inspector
