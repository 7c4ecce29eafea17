// SPDX-License-Identifier: MIT
#include "storetab.h"

#include "edit/bulkbar.h"
#include "edit/conflictdialog.h"
#include "look/activitylog.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "store/settings.h"
#include "table/sessionview.h"

#include <Sojourn/SessionId>
#include <Sojourn/Stores>

#include <QtCore/QEvent>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
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
    m_editor = new Editor(m_store.get(), log, this);
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
    layout->addWidget(makeFilterBar());
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeFoot());

    m_filterDelay.setSingleShot(true);
    m_filterDelay.setInterval(250ms);
    connect(&m_filterDelay, &QTimer::timeout, this, &StoreTab::applyFilter);
    connect(m_model, &SessionModel::statusChanged, this, &StoreTab::showStatus);
    connect(m_view, &SessionView::viewMoved, this, &StoreTab::countChanged);
    connect(m_model, &SessionModel::keyChanged, m_editor, &Editor::changeKey);
    connect(m_store.get(), &OpenStore::stateChanged, this, &StoreTab::showStore);
    connect(m_store.get(), &OpenStore::connectionChanged, this, &StoreTab::showStore);
    connect(m_store.get(), &OpenStore::writableChanged, this, &StoreTab::showStore);
    connect(m_store.get(), &OpenStore::recovered, m_model, &SessionModel::refresh);
    connect(m_store.get(), &OpenStore::recovered, m_message, &QWidget::hide); // it was of what did not work meanwhile
    connect(m_store.get(), &OpenStore::writableChanged, this,
            [this, log] { log->done(m_store->name(), m_store->isWritable() ? tr("Made writable") : tr("Made read-only")); });
    connect(m_store.get(), &OpenStore::writableFailed, this,
            [this](const Error &error) { showMessage(Format::error(error), true); });
    connect(m_editor, &Editor::conflict, this, &StoreTab::showConflict);
    connect(m_editor, &Editor::failed, this,
            [this](const QString &text, const Error &error) { showMessage(tr("%1: %2").arg(text, Format::error(error)), true); });
    connect(m_editor, &Editor::applied, this, [this] { m_message->hide(); });
    connect(m_editor, &Editor::changed, m_model, &SessionModel::take);
    connect(m_editor, &Editor::jobStarted, this, &StoreTab::showJob);
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

QWidget *StoreTab::makeFilterBar()
{
    m_user = new QLineEdit;
    m_user->setPlaceholderText(tr("User"));
    m_user->setToolTip(tr("Only sessions of this user, with those that ended lately"));
    m_key = new QLineEdit;
    m_key->setPlaceholderText(tr("Key begins with"));
    m_text = new QLineEdit;
    m_text->setPlaceholderText(tr("Attributes contain"));
    m_text->setToolTip(tr("Looks at the names and values of all attributes, in the background"));
    for (QLineEdit *edit : {m_user, m_key, m_text}) {
        edit->setClearButtonEnabled(true);
        edit->setAccessibleName(edit->placeholderText());
        connect(edit, &QLineEdit::textChanged, this, [this] { m_filterDelay.start(); });
        connect(edit, &QLineEdit::returnPressed, this, &StoreTab::applyFilter);
    }
    m_state = new QComboBox;
    m_state->addItem(tr("Any state"), SessionFilter::Any);
    m_state->addItem(tr("Living"), SessionFilter::Living);
    m_state->addItem(tr("Ended lately"), SessionFilter::Ended);
    m_state->addItem(tr("Ends within 5 minutes"), SessionFilter::EndsSoon);
    m_state->addItem(tr("Fresh id due"), SessionFilter::RotationDue);
    m_state->addItem(tr("Set aside (unreadable)"), SessionFilter::Quarantined);
    m_state->setAccessibleName(tr("State"));
    connect(m_state, &QComboBox::activated, this, &StoreTab::applyFilter);
    m_deadlines = new QPushButton;
    m_deadlines->setIcon(Theme::icon(u"close"_s));
    m_deadlines->setToolTip(tr("Do not filter by the deadline any more"));
    connect(m_deadlines, &QPushButton::clicked, this, [this] {
        m_filter.deadlines.reset();
        applyFilter();
    });
    m_clear = new QPushButton(tr("Clear"));
    m_clear->setToolTip(tr("Show all sessions again"));
    connect(m_clear, &QPushButton::clicked, this, &StoreTab::clearFilter);

    m_searchState = Foreign::makeLabel();
    m_searchProgress = new QProgressBar;
    m_searchProgress->setTextVisible(false);
    m_searchProgress->setMaximumWidth(120);
    m_searchProgress->setAccessibleName(tr("Progress of the search"));
    m_stopSearch = new QPushButton(tr("Stop"));
    connect(m_stopSearch, &QPushButton::clicked, m_model, &SessionModel::stopSearch);

    auto *bar = new QWidget;
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->addWidget(m_user, 3);
    row->addWidget(m_key, 3);
    row->addWidget(m_state);
    row->addWidget(m_text, 4);
    row->addWidget(m_deadlines);
    row->addWidget(m_clear);
    layout->addLayout(row);
    auto *search = new QHBoxLayout;
    search->addWidget(m_searchState, 1);
    search->addWidget(m_searchProgress);
    search->addWidget(m_stopSearch);
    layout->addLayout(search);
    m_searchState->hide();
    m_searchProgress->hide();
    m_stopSearch->hide();
    showFilter();
    return bar;
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

/// Makes a store that is read-only writable, or the other way round. In production that wants to be said twice.
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
}

void StoreTab::showConflict(const Conflict &conflict)
{
    auto *dialog = new ConflictDialog(conflict, window());
    connect(dialog, &ConflictDialog::writeMine, this, [this, conflict] { m_editor->overwrite(conflict); });
    connect(dialog, &ConflictDialog::keepTheirs, this, [this, conflict] { m_editor->keepTheirs(conflict); });
    connect(dialog, &ConflictDialog::editAgain, this, [this, conflict] {
        m_view->select(conflict.edit.key);
        if (conflict.done)
            conflict.done(Outcome::EditsAgain, {});
    });
    dialog->open();
}

/// What the fields say becomes the model's filter.
void StoreTab::applyFilter()
{
    m_filterDelay.stop();
    SessionFilter filter = m_filter;
    filter.user = m_user->text().isEmpty() ? std::nullopt : std::optional(m_user->text());
    filter.keyPrefix = m_key->text().trimmed().toLatin1();
    filter.text = m_text->text();
    filter.state = SessionFilter::State(m_state->currentData().toInt());
    setFilter(filter);
}

void StoreTab::setFilter(const SessionFilter &filter)
{
    m_filterDelay.stop();
    m_filter = filter;
    showFilter();
    m_model->setFilter(filter);
    showStatus();
    rememberFilter();
}

/// Where the settings keep what is remembered about a store.
static QString filterGroup(const Connection &connection)
{
    return u"filters/"_s + QString::fromLatin1(QUrl::toPercentEncoding(connection.plainUrl()));
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
}

void StoreTab::showFilter()
{
    const auto set = [](QLineEdit *edit, const QString &text) {
        if (edit->text() != text) {
            edit->setText(text); // with its signals, by which the button that clears it comes and goes
            edit->setCursorPosition(0);
        }
    };
    set(m_user, m_filter.user.value_or(QString()));
    set(m_key, QString::fromLatin1(m_filter.keyPrefix));
    set(m_text, m_filter.text);
    m_state->setCurrentIndex(m_state->findData(m_filter.state));
    m_deadlines->setVisible(m_filter.deadlines.has_value());
    if (m_filter.deadlines) {
        const TimePoint now = m_store->reader()->now();
        m_deadlines->setToolTip(tr("Do not filter by the deadline any more")
                                + u"\n%1 – %2"_s.arg(Format::exact(m_filter.deadlines->first),
                                                     Format::exact(m_filter.deadlines->second)));
        m_deadlines->setText(
            tr("ends %1 – %2").arg(Format::when(m_filter.deadlines->first, now), Format::when(m_filter.deadlines->second, now)));
    }
    m_clear->setEnabled(!m_filter.isEmpty());
    m_filterDelay.stop(); // nothing was typed
}

void StoreTab::focusFilter()
{
    m_user->setFocus(Qt::ShortcutFocusReason);
    m_user->selectAll();
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

void StoreTab::showStatus()
{
    const bool searched = m_model->filter().needsSearch() && (m_model->isSearching() || m_model->searched() > 0);
    m_searchState->setVisible(searched);
    m_searchProgress->setVisible(m_model->isSearching());
    m_stopSearch->setVisible(m_model->isSearching());
    if (searched) {
        const QString found = tr("%Ln found in %1 of %2", nullptr, int(m_model->shown()))
                                  .arg(Format::number(m_model->searched()), Format::number(m_model->toSearch()));
        m_searchState->setText(m_model->isSearching()          ? tr("Searching: %1").arg(found)
                               : m_model->isSearchUnfinished() ? tr("Not finished: %1. There may be more.").arg(found)
                                                               : found);
        m_searchProgress->setRange(0, 1000);
        m_searchProgress->setValue(int(1000 * m_model->searched() / std::max<qint64>(1, m_model->toSearch())));
    }
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
        if (std::exchange(m_focusWaits, false) && m_user->text().isEmpty())
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
    m_bannerTitle->setText(title);
    m_bannerText->setText(text);
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

/// Nobody has this cookie: did anybody ever?
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
