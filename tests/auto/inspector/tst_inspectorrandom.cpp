// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/bulkjob.h"
#include "edit/storeeditor.h"
#include "session/detailpanel.h"
#include "table/sessionview.h"

#include <QtWidgets/QMessageBox>
#include <QtWidgets/QScrollBar>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Whatever a person and the application do at the same time, in whatever order: the window shows what is in the store, acts on
/// what it shows, and writes only what was confirmed. SOJOURN_SEEDS=N tries N sequences, each another one.
class InspectorRandom : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void windowAndStoreStayAlike_data();
    void windowAndStoreStayAlike();

private:
    void act();
    void application();
    void choose();
    void look();
    void type();
    void clickRow();
    void answerDialogs();
    [[nodiscard]] bool isAtRest() const;
    /// What is wrong now, or nothing.
    [[nodiscard]] QString fault() const;
    [[nodiscard]] QString selectionFault() const;
    [[nodiscard]] QString panelFault() const;
    SessionKey anyKey();
    int below(int bound) { return int(m_random.bounded(bound)); }

    QRandomGenerator m_random;
    StoreTab *m_tab = nullptr;
    DetailPanel *m_panel = nullptr;
    QStringList m_done;
};

SessionKey InspectorRandom::anyKey()
{
    SessionQuery query;
    query.limit = 1000;
    const auto page = m_store->inner.list(query).takeResult();
    return page->records[below(int(page->records.size()))].key;
}

/// The application and other people.
void InspectorRandom::application()
{
    const SessionKey key = anyKey();
    SessionChange change;
    switch (below(5)) {
    case 0:
        m_done << u"another writes"_s;
        change.set("visits", QByteArray::number(below(1000)));
        (void)m_store->inner.update(key, change).takeResult();
        break;
    case 1:
        m_done << u"fresh id"_s;
        (void)m_store->inner.rotate(key, SessionId::generate().key(), change, below(2) ? 30s : 0s).takeResult();
        break;
    case 2:
        m_done << u"log-out"_s;
        (void)m_store->inner.remove(key, SessionStore::Removal::Destroyed).takeResult();
        break;
    case 3:
        m_done << u"new session"_s;
        (void)m_store->inner.create(sampleSession(below(100), m_store->now())).takeResult();
        break;
    case 4:
        m_done << u"request"_s;
        change.touch = SessionChange::Touch{m_store->now()};
        (void)m_store->inner.update(key, change).takeResult();
        break;
    }
}

void InspectorRandom::clickRow()
{
    SessionView &view = m_tab->view();
    if (m_tab->model().rowCount() == 0)
        return;
    static constexpr std::array<Qt::KeyboardModifier, 4> modifiers = {Qt::NoModifier, Qt::NoModifier, Qt::ControlModifier,
                                                                      Qt::ShiftModifier};
    const int row = std::min(m_tab->model().rowCount() - 1, std::max(0, view.rowAt(0)) + below(15));
    const Qt::KeyboardModifier with = modifiers[size_t(below(4))];
    m_done << u"click on %1 with %2"_s.arg(row).arg(int(with));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, with, view.visualRect(m_tab->model().index(row, 2)).center());
}

/// The person looks around.
void InspectorRandom::look()
{
    SessionFilter filter;
    switch (below(7)) {
    case 0:
        m_done << u"filter by user"_s;
        filter.user = below(2) ? u"bob"_s : u"grace"_s;
        return m_tab->setFilter(filter);
    case 1:
        m_done << u"filter by text"_s;
        filter.text = below(2) ? u"dark"_s : u"K\u00f6ln"_s;
        return m_tab->setFilter(filter);
    case 2:
        m_done << u"no filter"_s;
        return m_tab->clearFilter();
    case 3: {
        static constexpr std::array columns = {SessionModel::User, SessionModel::Created, SessionModel::LastSeen,
                                               SessionModel::ExpiresIn, SessionModel::Size};
        m_done << u"sort"_s;
        return m_tab->model().sort(columns[size_t(below(columns.size()))], below(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
    }
    case 4:
        m_done << u"scroll"_s;
        return m_tab->view().verticalScrollBar()->setValue(below(200));
    case 5:
        m_done << u"refresh"_s;
        return m_tab->refresh();
    case 6:
        m_done << u"store away and back"_s;
        m_store->becomeUnreachable();
        QTest::qWait(below(30));
        return m_store->comeBack();
    }
}

/// The person types into a value, and goes on in one of the ways in which people do. Only Return writes.
void InspectorRandom::type()
{
    auto *tree = m_panel->findChild<QTreeView *>(u"attributes"_s);
    const QPersistentModelIndex at = attribute(*tree, u"visits"_s);
    if (!at.isValid() || !tree->isVisible())
        return;
    // What was confirmed before may still be on its way.
    int before = -1;
    const auto isQuiet = [&] {
        return std::exchange(before, m_store->updates) == m_store->updates && !m_tab->editor().isBusy()
            && m_tab->editor().runningJobs().isEmpty();
    };
    while (!isQuiet())
        QTest::qWait(30);
    if (!at.isValid())
        return;
    tree->setCurrentIndex(at);
    if (!(at.flags() & Qt::ItemIsEditable))
        return;
    tree->edit(at);
    auto *editor = tree->viewport()->findChild<QLineEdit *>();
    if (!editor)
        return;
    editor->selectAll();
    editor->insert(QString::number(1000 + below(1000)));
    if (below(4) == 0)
        application();
    const int way = below(4);
    m_done << u"type, way %1"_s.arg(way);
    switch (way) {
    case 0:
        QTest::keyClick(editor, Qt::Key_Return);
        return;
    case 1:
        QTest::keyClick(editor, Qt::Key_Escape);
        break;
    case 2:
        clickRow();
        break;
    case 3:
        m_tab->view().setFocus();
        break;
    }
    QTest::qWait(20);
    QCOMPARE(m_store->updates, before);
}

void InspectorRandom::choose()
{
    static const QStringList names = {u"rotate"_s, u"extendHour"_s, u"expireNow"_s, u"clearAttributes"_s,
                                      u"delete"_s, u"undo"_s,       u"undo"_s,      u"redo"_s};
    const QString name = names[below(int(names.size()))];
    QAction *chosen = action(name);
    if (!chosen || !chosen->isEnabled())
        return;
    m_done << name;
    chosen->trigger();
}

/// What asks is answered, with yes or with Escape.
void InspectorRandom::answerDialogs()
{
    while (QDialog *asking = dialog()) {
        const auto buttons = asking->findChildren<QPushButton *>();
        const auto yes = std::ranges::find_if(buttons,
                                              [](QPushButton *button) { return button->isDefault() && button->isEnabled(); });
        m_done << u"answer %1"_s.arg(asking->windowTitle());
        if (yes != buttons.end() && below(2))
            (*yes)->click();
        else
            asking->reject();
        QTest::qWait(1);
    }
}

void InspectorRandom::act()
{
    switch (below(8)) {
    case 0:
    case 1:
        return application();
    case 2:
    case 3:
        return clickRow();
    case 4:
        return look();
    case 5:
    case 6:
        return type();
    case 7:
        return choose();
    }
}

bool InspectorRandom::isAtRest() const
{
    return m_tab->model().status() == SessionModel::Status::Ready && !m_tab->model().isSearching()
        && m_tab->model().waitingEvents() == 0 && !m_tab->editor().isBusy() && m_tab->editor().runningJobs().isEmpty();
}

QString InspectorRandom::selectionFault() const
{
    const SessionModel &model = m_tab->model();
    const QList<SessionKey> keys = m_tab->view().selectedKeys();
    QSet<SessionKey> marked;
    for (const auto &[first, last] : m_tab->view().selectedRows()) {
        for (int row = first; row <= last; ++row) {
            if (const SessionRow *known = model.row(row))
                marked.insert(known->info.key);
        }
    }
    if (!m_tab->view().isSelectionPartlyKnown()) {
        for (const SessionKey &key : std::as_const(marked)) {
            if (!keys.contains(key))
                return u"a marked row is not selected"_s;
        }
        for (const SessionKey &key : keys) {
            if (model.rowOf(key) >= 0 && !marked.contains(key))
                return u"a selected row is not marked"_s;
        }
    }
    if (const auto current = m_tab->view().currentKey(); current && m_panel->key() != current)
        return u"the panel shows another session than the table"_s;
    return {};
}

QString InspectorRandom::panelFault() const
{
    if (!m_panel->key() || !m_panel->record())
        return {};
    const auto stored = m_store->inner.load(*m_panel->key()).takeResult();
    const bool isEditing = m_panel->findChild<QTreeView *>(u"attributes"_s)->viewport()->findChild<QLineEdit *>();
    if (stored && !isEditing && (stored->version != m_panel->record()->version || stored->data != m_panel->record()->data))
        return u"the panel shows version %1 of %2"_s.arg(m_panel->record()->version).arg(stored->version);
    return {};
}

QString InspectorRandom::fault() const
{
    if (!isAtRest())
        return u"not at rest"_s;
    const SessionModel &model = m_tab->model();
    const qint64 living = *m_store->inner.count().takeResult();
    if (model.filter().isEmpty() && model.shown() != living)
        return u"%1 rows of %2 sessions"_s.arg(model.shown()).arg(living);
    QSet<SessionKey> seen;
    QString wrong;
    const int first = std::max(0, m_tab->view().rowAt(0));
    model.rows().forEach([&](int row, const SessionRow &known) {
        if (row > first + 12 || row < first || known.isGhost())
            return;
        if (seen.contains(known.info.key))
            wrong = u"a session stands in two rows"_s;
        seen.insert(known.info.key);
        const auto stored = m_store->inner.load(known.info.key).takeResult();
        if (!stored)
            wrong = u"row %1 is of a session that is gone"_s.arg(row);
        else if (stored->version != known.info.version || stored->user != known.info.user)
            wrong = u"row %1 shows version %2 of %3"_s.arg(row).arg(known.info.version).arg(stored->version);
    });
    if (wrong.isEmpty())
        wrong = selectionFault();
    return wrong.isEmpty() ? panelFault() : wrong;
}

void InspectorRandom::windowAndStoreStayAlike_data()
{
    QTest::addColumn<int>("seed");
    const int seeds = std::max(1, qEnvironmentVariableIntValue("SOJOURN_SEEDS"));
    for (int seed = 1; seed <= std::max(seeds, 4); ++seed)
        QTest::addRow("%d", seed) << seed;
}

void InspectorRandom::windowAndStoreStayAlike()
{
    QFETCH(int, seed);
    m_random.seed(quint32(seed));
    m_done.clear();
    m_tab = openTab(120);
    m_panel = m_window->findChild<DetailPanel *>();
    for (int round = 0; round < 15; ++round) {
        for (int step = 0; step < 8; ++step) {
            act();
            if (QTest::currentTestFailed())
                return;
            answerDialogs();
            QTest::qWait(below(3) ? 1 : 25);
        }
        const bool isAlike = QTest::qWaitFor([this] {
            answerDialogs();
            return fault().isEmpty();
        });
        QVERIFY2(isAlike, qPrintable(fault() + u" after: "_s + m_done.join(u", "_s)));
        m_done = m_done.mid(m_done.size() - 12);
    }
}

QTEST_MAIN(InspectorRandom)
#include "tst_inspectorrandom.moc"
