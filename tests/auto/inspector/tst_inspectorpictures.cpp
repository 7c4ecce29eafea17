// SPDX-License-Identifier: MIT
#include "fakestore.h"

#include "edit/bulkbar.h"
#include "edit/conflictdialog.h"
#include "edit/expirydialog.h"
#include "look/inspectorstyle.h"
#include "look/theme.h"
#include "session/comparedialog.h"
#include "session/detailpanel.h"
#include "snapshot/importdialog.h"
#include "store/connectiondialog.h"
#include "tab/storetab.h"
#include "table/sessionview.h"
#include "window/mainwindow.h"

#include <QtCore/QLibraryInfo>
#include <QtCore/QTranslator>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the pictures are drawn in: each language where somebody looks at them, else the longest words alone.
static QStringList languages()
{
    return qEnvironmentVariableIsSet("SOJOURN_PICTURES") ? QStringList{u"en"_s, u"de"_s, u"fr"_s, u"zh_CN"_s}
                                                         : QStringList{u"de"_s};
}

/// Colours and language of the pictures for as long as it lives.
class Look
{
public:
    Look(bool dark, const QString &language)
    {
        const QLocale locale(language);
        QLocale::setDefault(locale);
        qApp->setPalette(Theme::palette(dark));
        if (m_qt.load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
            qApp->installTranslator(&m_qt);
        if (m_own.load(locale, u"sojourn"_s, u"_"_s, u":/i18n"_s))
            qApp->installTranslator(&m_own);
    }

private:
    QTranslator m_qt, m_own;
};

/// Draws every view in light and dark, narrow and wide, in several languages. Run it with QT_SCALE_FACTOR=2 for the other size.
class InspectorPictures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void window_data();
    void window();
    void states_data() { dialogs_data(); }
    void states();
    void dialogs_data();
    void dialogs();

private:
    void save(QWidget &widget, const QString &name);

    QTemporaryDir m_temporary;
    QString m_folder;
};

void InspectorPictures::initTestCase()
{
    m_folder = qEnvironmentVariable("SOJOURN_PICTURES", m_temporary.path());
    QDir().mkpath(m_folder);
    qApp->setStyle(new InspectorStyle);
}

void InspectorPictures::save(QWidget &widget, const QString &name)
{
    const QPixmap picture = widget.grab();
    QVERIFY(picture.toImage().allGray() == false);
    QVERIFY(picture.save(u"%1/%2%3.png"_s.arg(m_folder, name, qApp->devicePixelRatio() > 1 ? u"-200"_s : QString())));
}

void InspectorPictures::window_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("language");
    for (const bool dark : {false, true}) {
        for (const int width : {1366, 1920}) {
            for (const QString &language : languages())
                QTest::addRow("%s-%d-%s", dark ? "dark" : "light", width, qPrintable(language)) << dark << width << language;
        }
    }
}

void InspectorPictures::window()
{
    QFETCH(bool, dark);
    QFETCH(int, width);
    QFETCH(QString, language);
    const Look look(dark, language);
    const QString name = QString::fromLatin1(QTest::currentDataTag());

    MainWindow window;
    window.resize(width, width == 1366 ? 768 : 1080);
    window.show();
    QTest::qWait(50);
    save(window, u"welcome-"_s + name);

    auto store = std::make_shared<MemoryStore>();
    const auto keys = fillWithSamples(*store, 240);
    for (int i = 0; i < 6; ++i)
        QVERIFY(
            store->remove(keys[i * 7 + 2], i % 2 ? SessionStore::Removal::User : SessionStore::Removal::Destroyed).takeResult());
    Connection connection = Connection::forUrl(u"memory:"_s);
    connection.name = u"shop"_s;
    StoreTab *tab = window.addTab(connection, store, false);
    Connection production = connection;
    production.name = u"orders"_s;
    production.environment = Connection::Production;
    production.colour = Theme::markers()[3];
    StoreTab *second = window.addTab(production, store, false);
    QTRY_COMPARE(second->model().status(), SessionModel::Status::Ready);
    QTest::qWait(50);
    save(window, u"production-"_s + name);

    window.findChild<QTabWidget *>(u"storeTabs"_s)->setCurrentIndex(0);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
    SessionKey key = keys[1];
    for (int row = 10; row >= 0; --row) {
        if (const SessionRow *known = tab->model().row(row); known && known->info.attributeCount > 4 && known->info.size < 1000)
            key = known->info.key;
    }
    const int chosen = tab->model().rowOf(key);
    tab->view().select(key);
    tab->view().scrollToTop();
    QList<SessionKey> others;
    for (int row = 0; row < 13; ++row) {
        if (row != chosen)
            others << tab->model().row(row)->info.key;
    }
    for (int i = 0; i < 3; ++i)
        (void)store->remove(others[2 + i * 4], i ? SessionStore::Removal::Cap : SessionStore::Removal::Destroyed).takeResult();
    SessionChange change;
    change.set("visits", "99");
    change.touch = SessionChange::Touch{store->now()};
    for (const int other : {1, 4, 8})
        (void)store->update(others[other], change).takeResult();
    QTest::qWait(700);
    save(window, u"table-"_s + name);

    auto *details = window.findChild<QDockWidget *>(u"session"_s)->findChild<QTabWidget *>();
    for (int page = 1; page < details->count(); ++page) {
        details->setCurrentIndex(page);
        QTest::qWait(20);
        if (width == 1920)
            save(*window.findChild<QDockWidget *>(u"session"_s), u"detail%1-"_s.arg(page) + name);
    }
    details->setCurrentIndex(0);
    window.findChild<QDockWidget *>(u"overview"_s)->show();
    window.findChild<QDockWidget *>(u"overview"_s)->raise();
    SessionFilter filter;
    filter.user = u"ann"_s;
    tab->setFilter(filter);
    QTest::qWait(1300);
    save(window, u"overview-"_s + name);

    tab->view().selectRow(tab->model().rowCount() - 1); // of the history
    QTest::qWait(50);
    save(window, u"ended-"_s + name);
    filter = {};
    filter.deadlines = std::pair(store->now() + 5min, store->now() + 20min);
    tab->setFilter(filter);
    QTRY_VERIFY(!tab->model().isSearching());
    QTest::qWait(50);
    save(window, u"deadlines-"_s + name);

    tab->clearFilter();
    QTRY_VERIFY(tab->model().rowCount() > 100);
    tab->view().selectAll();
    tab->actions().requestRotation(StoreActions::Selected);
    auto *confirm = window.findChild<QDialog *>(u"confirm"_s);
    QVERIFY(confirm);
    QTest::qWait(20);
    save(*confirm, u"confirm-"_s + name);
    confirm->accept();
    window.findChild<QDockWidget *>(u"activity"_s)->show();
    window.findChild<QDockWidget *>(u"activity"_s)->raise();
    QTest::qWait(1500);
    save(window, u"bulk-"_s + name);
}

/// What is seen when something is missing, stands still, goes wrong or is dangerous.
void InspectorPictures::states()
{
    QFETCH(bool, dark);
    QFETCH(QString, language);
    const Look look(dark, language);
    const auto saveAs = [this, tag = QString::fromLatin1(QTest::currentDataTag())](QWidget &widget, const QString &what) {
        QTest::qWait(30);
        save(widget, u"state-%1-%2"_s.arg(what, tag));
    };
    MainWindow window;
    window.resize(1280, 720);
    window.show();
    const auto open = [&window](const std::shared_ptr<FakeStore> &store, const QString &name,
                                Connection::Environment environment = Connection::Development) {
        Connection connection = Connection::forUrl(u"memory:"_s);
        connection.name = name;
        connection.environment = environment;
        connection.colour = Theme::markers()[environment == Connection::Production ? 3 : 1];
        return window.addTab(connection, store, false);
    };
    const auto dialog = []() -> QDialog * {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<QDialog *>(widget); found && found->isVisible())
                return found;
        }
        return nullptr;
    };

    auto empty = std::make_shared<FakeStore>(0);
    StoreTab *tab = open(empty, u"empty"_s);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
    saveAs(window, u"empty"_s);

    auto broken = std::make_shared<FakeStore>(0);
    broken->failure = Error{
        Error::Unavailable,
        u"Redis at db.example:6379 cannot be reached: Connection refused. Check that it runs and that the store's address is right."_s};
    tab = open(broken, u"broken"_s);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Failed);
    saveAs(window, u"failed"_s);

    auto store = std::make_shared<FakeStore>(60);
    tab = open(store, u"shop"_s);
    QTRY_COMPARE(tab->model().rowCount(), 60);
    SessionFilter filter;
    filter.user = u"nobody"_s;
    tab->setFilter(filter);
    QTRY_COMPARE(tab->model().status(), SessionModel::Status::Ready);
    saveAs(window, u"nomatch"_s);
    store->delay = 3000;
    store->longestPage = 20;
    filter = {};
    filter.text = u"cart"_s;
    tab->setFilter(filter);
    saveAs(window, u"searching"_s);
    store->delay = 0;
    store->longestPage = 100'000;
    tab->clearFilter();
    QTRY_COMPARE(tab->model().rowCount(), 60);
    store->becomeUnreachable();
    saveAs(window, u"lost"_s);
    store->comeBack();

    for (int i = 0; i < 60; i += 7)
        store->broken.insert(store->keys[i]);
    store->delay = 400;
    tab->view().selectAll();
    tab->actions().extend(StoreActions::Selected, 1h);
    window.findChild<QDialog *>(u"confirm"_s)->accept();
    QTest::qWait(900);
    saveAs(window, u"bulkrunning"_s);
    store->delay = 0;
    QTest::qWait(600);
    tab->view().selectAll();
    tab->actions().remove(StoreActions::Selected);
    window.findChild<QDialog *>(u"confirm"_s)->accept();
    window.findChild<QDockWidget *>(u"activity"_s)->show();
    window.findChild<QDockWidget *>(u"activity"_s)->raise();
    QTest::qWait(400);
    saveAs(window, u"bulkfailed"_s);
    for (QPushButton *button : tab->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == BulkBar::tr("Why?"))
            button->click();
    }
    QVERIFY(dialog());
    saveAs(*dialog(), u"why"_s);
    dialog()->close();
    window.findChild<QDockWidget *>(u"activity"_s)->hide();

    auto orders = std::make_shared<FakeStore>(40);
    tab = open(orders, u"orders"_s, Connection::Production);
    tab->store().setWritable(true);
    QTRY_COMPARE(tab->model().rowCount(), 40);
    tab->view().selectRow(3);
    window.findChild<DetailPanel *>()->findChild<QTabWidget *>()->setCurrentIndex(1);
    QTest::qWait(50);
    auto *json = window.findChild<QPlainTextEdit *>();
    json->setPlainText(json->toPlainText().replace(u"\"visits\":"_s, u"\"visits\""_s));
    saveAs(window, u"writable"_s);
    tab->view().selectAll();
    tab->actions().remove(StoreActions::Shown);
    QTRY_VERIFY(dialog());
    saveAs(*dialog(), u"production"_s);
    dialog()->close();
    tab->findByCookie();
    saveAs(*dialog(), u"cookie"_s);
    dialog()->close();

    CompareStoresDialog *compare = new CompareStoresDialog({{u"monday.json"_s, store}, {u"orders"_s, orders}});
    compare->show();
    compare->findChild<QPushButton *>()->click();
    QTest::qWait(200);
    compare->findChild<QTreeWidget *>()->setCurrentItem(compare->findChild<QTreeWidget *>()->topLevelItem(0));
    saveAs(*compare, u"compare"_s);
    compare->close();
    window.findChild<QAction *>(u"moveTab"_s)->trigger();
    window.windows().last()->resize(1000, 700);
    saveAs(*window.windows().last(), u"tornoff"_s);
}

void InspectorPictures::dialogs_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("language");
    for (const bool dark : {false, true}) {
        for (const QString &language : languages())
            QTest::addRow("%s-%s", dark ? "dark" : "light", qPrintable(language)) << dark << language;
    }
}

void InspectorPictures::dialogs()
{
    QFETCH(bool, dark);
    QFETCH(QString, language);
    const Look look(dark, language);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const TimePoint now = systemNow();
    SessionRecord seen = sampleSession(4, now);
    SessionRecord theirs = seen;
    theirs.version += 2;
    theirs.data.insert(u"visits"_s, 61);
    theirs.data.insert(u"coupon"_s, u"SUMMER"_s);
    SessionChange change;
    change.set("visits", "5");
    auto *conflict = new ConflictDialog({u"Set visits of 3fQ1aBcd…"_s, Edit::changing(seen, change), theirs, seen,
                                         [](EditOutcome, const QString &) { }});
    auto *compare = new CompareSessionsDialog(seen, sampleSession(7, now));
    auto *expiry = new ExpiryDialog(seen, 1, now);
    auto *fresh = new ConnectionDialog;
    auto *tested = new ConnectionDialog({.name = u"shop"_s,
                                         .url = u"redis://localhost:1/0"_s,
                                         .colour = Theme::markers()[3],
                                         .environment = Connection::Production});
    tested->show();
    for (QPushButton *button : tested->findChildren<QPushButton *>()) {
        if (button->text() == ConnectionDialog::tr("Test c&onnection"))
            button->click();
    }
    QTest::qWait(200);
    ImportPreview preview;
    preview.summary.expired = preview.summary.conflicts = 2;
    preview.summary.imported = 8;
    for (int i = 0; i < 12; ++i) {
        const SessionRecord record = sampleSession(i, now);
        std::optional<SessionInfo> present;
        if (i % 5 == 2) {
            present = record;
            present->version += i == 2 ? 3 : -1;
        }
        preview.add({record, i % 6 == 5, present});
    }
    Connection into = Connection::forUrl(u"memory:"_s);
    into.name = u"shop"_s;
    OpenStore store(into, std::make_shared<MemoryStore>(), false);
    auto *import = new ImportDialog(u"monday.json"_s, store, preview);
    auto *connection =
        new ConnectionDialog({.name = u"shop"_s, .url = u"redis://localhost:6379/0"_s, .colour = Theme::markers()[2]});
    for (const auto &[dialog, kind] : std::initializer_list<std::pair<QDialog *, QString>>{{conflict, u"conflict"_s},
                                                                                           {compare, u"compare"_s},
                                                                                           {expiry, u"expiry"_s},
                                                                                           {connection, u"edit"_s},
                                                                                           {fresh, u"connect"_s},
                                                                                           {tested, u"tested"_s},
                                                                                           {import, u"import"_s}}) {
        dialog->show();
        QTest::qWait(20);
        save(*dialog, u"dialog-%1-%2"_s.arg(kind, name));
        dialog->close();
    }
}

int main(int argc, char *argv[])
{
    QTemporaryDir settings;
    qputenv("SOJOURN_INSPECTOR_SETTINGS", settings.filePath(u"settings.ini"_s).toUtf8());
    QApplication app(argc, argv);
    InspectorPictures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_inspectorpictures.moc"
