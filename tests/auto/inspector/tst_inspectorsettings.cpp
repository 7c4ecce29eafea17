// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "store/connectiondialog.h"
#include "store/keychain.h"
#include "table/sessionview.h"

#include <Sojourn/LiveServer>
#include <Sojourn/Stores>

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtCore/QSettings>
#include <QtGui/QScreen>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;

/// What the inspector remembers and how it opens stores: nothing is lost, made or written that nobody asked for.
class InspectorSettings : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void inspectorsKeepEachOthersConnections();
    void inspectorsKeepEachOthersMarks();
    void markSurvivesWithoutTheSideBar();
    void markIsTakenAwayByAnEditOnly();
    void symbolicLinkLeadsToTheSameMark();
    void markFollowsTheDataToAnotherAddress();
    void nobodyWritesBeforeAStoreSaysWhatItIs();
    void nobodyWritesToAnotherStoreThatAnswersInItsPlace();
    void damagedCountOfStoresHangsNothing();
    void liveApplicationOfAMarkedStoreOpensReadOnly();
    void removedConnectionTakesOnlyItsOwnPassword();
    void formHasEveryPartOfARedisUrl_data();
    void formHasEveryPartOfARedisUrl();
    void namesAndKeysStayOutOfTheSettings();
    void layoutIsSavedWhenItChanges();
    void mistypedPathCreatesNothing_data();
    void mistypedPathCreatesNothing();
    void testOfAConnectionLeavesNoFiles();
    void readOnlyStoreIsOpenedForWritingOnlyWhenMadeWritable();
    void terminationLosesNothing_data();
    void terminationLosesNothing();
    void helpAndVersionNeedNoDisplay_data();
    void helpAndVersionNeedNoDisplay();
    void helpSpeaksTheLanguage();
    void wrongUsageIsToldInOneLine_data();
    void wrongUsageIsToldInOneLine();
    void firstStartFitsASmallScreen();
    void arrowKeysWorkOnceAStoreIsOpen();

private:
    /// The URL of a new SQLite store of one session.
    QString makeStore(const QString &name = u"shop.db"_s);
    [[nodiscard]] QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }
    Connection connection(const QString &name, const QString &url,
                          Connection::Environment environment = Connection::Development) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void InspectorSettings::init()
{
    Settings::remove({});
    m_folder = std::make_unique<QTemporaryDir>();
    WindowTest::init();
}

QString InspectorSettings::makeStore(const QString &name)
{
    const QString path = m_folder->filePath(name);
    makeStoreFile(path);
    return u"sqlite:"_s + path;
}

Connection InspectorSettings::connection(const QString &name, const QString &url, Connection::Environment environment) const
{
    Connection made = Connection::forUrl(url);
    made.name = name;
    made.environment = environment;
    return made;
}

void InspectorSettings::inspectorsKeepEachOthersConnections()
{
    ConnectionBook one, two;
    one.add(connection(u"a"_s, u"redis://a"_s));
    two.add(connection(u"b"_s, u"redis://b"_s));
    one.addSnapshot(u"/one.json"_s);
    two.addSnapshot(u"/two.json"_s);
    one.remove(connection(u"a"_s, u"redis://a"_s));
    two.add(connection(u"c"_s, u"redis://c"_s));
    const auto names = [](const ConnectionBook &book) {
        QStringList all;
        for (const Connection &saved : book.connections())
            all << saved.name;
        return all;
    };
    QCOMPARE(names(two), (QStringList{u"b"_s, u"c"_s}));
    QCOMPARE(names(ConnectionBook()), names(two));
    one.reload();
    QCOMPARE(names(one), names(two));
    QCOMPARE(one.snapshots(), (QStringList{u"/two.json"_s, u"/one.json"_s}));
}

void InspectorSettings::inspectorsKeepEachOthersMarks()
{
    ConnectionBook one;
    one.add(connection(u"shop"_s, u"redis://shop"_s));
    ConnectionBook two;
    one.replace(connection(u"shop"_s, u"redis://shop"_s), connection(u"shop"_s, u"redis://shop"_s, Connection::Production));
    two.add(connection(u"other"_s, u"redis://other"_s));
    QCOMPARE(two.known(Connection::forUrl(u"redis://shop"_s)).environment, Connection::Production);
    QCOMPARE(ConnectionBook().known(Connection::forUrl(u"redis://shop"_s)).environment, Connection::Production);
}

/// Marked in the dialog, but not saved; or removed from the side bar since.
void InspectorSettings::markSurvivesWithoutTheSideBar()
{
    const QString url = makeStore();
    m_window->open(connection(u"shop"_s, url, Connection::Production));
    QTRY_VERIFY(m_window->currentTab());
    QVERIFY(!m_window->currentTab()->store().isWritable());
    m_window->close();
    m_window = std::make_unique<MainWindow>();
    m_window->open(Connection::forUrl(url)); // as by an argument
    QVERIFY(m_window->currentTab());
    QVERIFY(m_window->currentTab()->store().isProduction());
    QVERIFY(!m_window->currentTab()->store().isWritable());
}

void InspectorSettings::markIsTakenAwayByAnEditOnly()
{
    ConnectionBook book;
    const Connection plain = connection(u"shop"_s, u"redis://shop"_s),
                     marked = connection(u"shop"_s, u"redis://shop"_s, Connection::Production);
    const auto known = [&] { return book.known(Connection::forUrl(u"redis://shop:6379/0"_s)).environment; };
    book.add(marked);
    book.remove(marked);
    QCOMPARE(known(), Connection::Production);
    book.add(plain);
    QCOMPARE(known(), Connection::Production);
    book.replace(plain, plain);
    QCOMPARE(known(), Connection::Development);
}

void InspectorSettings::symbolicLinkLeadsToTheSameMark()
{
    const QString url = makeStore();
    const QString link = m_folder->filePath(u"link.db"_s);
    QVERIFY(QFile::link(m_folder->filePath(u"shop.db"_s), link));
    ConnectionBook().add(connection(u"shop"_s, url, Connection::Production));
    m_window = std::make_unique<MainWindow>();
    m_window->open(Connection::forUrl(u"sqlite:"_s + link));
    QVERIFY(m_window->currentTab());
    QVERIFY(m_window->currentTab()->store().isProduction());
    QVERIFY(!m_window->currentTab()->store().isWritable());
}

namespace {
struct FakeKeychain final : Keychain::Backend
{
    static inline QHash<QString, QString> passwords;

    void read(const QString &key, QObject *, Keychain::Done done) override
    {
        done(passwords.contains(key) ? std::optional(passwords.value(key)) : std::nullopt);
    }
    void write(const QString &key, const QString &password) override { passwords.insert(key, password); }
    void remove(const QString &key) override { passwords.remove(key); }
};
} // namespace

void InspectorSettings::markFollowsTheDataToAnotherAddress()
{
    const QStringList names = {u"redis:run/0?sojourn:"_s, u"redis://[localhost]:6379/0?sojourn:"_s};
    const Connection server = connection(u"orders"_s, u"redis://db.example"_s, Connection::Production),
                     socket = connection(u"socket"_s, u"redis+unix:/run/redis.sock"_s);
    ConnectionBook book;
    book.mark(server, names.first(1));
    QCOMPARE(book.known(socket).environment, Connection::Development);
    QCOMPARE(book.known(socket, names).environment, Connection::Production);
    QCOMPARE(book.known(socket, {u"redis:other/0?sojourn:"_s}).environment, Connection::Development);
    // The address by which it was marked is a name of it too, whatever the server is called since it was started again.
    book.mark(connection(u"here"_s, u"redis://localhost"_s, Connection::Staging));
    QCOMPARE(book.known(socket, {u"redis:again/0?sojourn:"_s, names.last()}).environment, Connection::Staging);
    // Who takes the mark away takes it from the data.
    book.mark(connection(u"socket"_s, socket.url, Connection::Production), names.first(1));
    book.add(server);
    book.replace(server, connection(u"orders"_s, server.url));
    QCOMPARE(book.known(server, names.first(1)).environment, Connection::Development);
    QCOMPARE(book.known(socket, names.first(1)).environment, Connection::Development);
}

void InspectorSettings::nobodyWritesBeforeAStoreSaysWhatItIs()
{
    ConnectionBook().mark(connection(u"orders"_s, u"redis://db.example"_s, Connection::Production), {u"orders"_s});
    for (const bool isMarked : {false, true}) {
        m_store = std::make_shared<FakeStore>(3);
        m_store->delay = 30;
        m_store->names = {isMarked ? u"orders"_s : u"shop"_s};
        StoreTab *tab = m_window->addTab(connection(u"by another way"_s, u"redis://10.0.0.1"_s), m_store, false);
        QVERIFY(!tab->store().isWritable());
        QTRY_VERIFY(tab->store().isIdentified());
        QCOMPARE(tab->store().isWritable(), !isMarked);
        QCOMPARE(tab->store().isProduction(), isMarked);
    }
}

void InspectorSettings::nobodyWritesToAnotherStoreThatAnswersInItsPlace()
{
    ConnectionBook().mark(connection(u"orders"_s, u"redis://db.example"_s, Connection::Production), {u"orders"_s});
    m_store = std::make_shared<FakeStore>(3);
    m_store->names = {u"shop"_s};
    StoreTab *tab = m_window->addTab(connection(u"tunnel"_s, u"redis://localhost:6380"_s), m_store, false);
    QTRY_VERIFY(tab->store().isWritable());
    Q_EMIT m_store->availabilityChanged(false);
    m_store->names = {u"orders"_s};
    m_store->delay = 30;
    Q_EMIT m_store->availabilityChanged(true);
    QVERIFY(tab->store().writer()->isReadOnly()); // it has not said yet what it is
    QTRY_VERIFY(tab->store().isProduction());
    QVERIFY(!tab->store().isWritable());

    m_store = std::make_shared<FakeStore>(3);
    m_store->names = {u"shop"_s};
    tab = m_window->addTab(connection(u"shop"_s, u"redis://localhost:6381"_s), m_store, false);
    QTRY_VERIFY(tab->store().isWritable());
    tab->store().setWritable(false);
    Q_EMIT m_store->availabilityChanged(false);
    Q_EMIT m_store->availabilityChanged(true);
    QTRY_VERIFY(tab->store().isIdentified());
    QVERIFY(!tab->store().isWritable()); // as somebody wanted it
    tab->store().setWritable(true);
    QVERIFY(!tab->store().writer()->isReadOnly());
}

void InspectorSettings::damagedCountOfStoresHangsNothing()
{
    {
        QSettings settings;
        settings.setValue(u"openStores/size"_s, 300'000'000);
        settings.setValue(u"connections/size"_s, 300'000'000);
    }
    QElapsedTimer timer;
    timer.start();
    ConnectionBook book;
    QVERIFY(book.connections().isEmpty() && book.openStores().isEmpty());
    QVERIFY(timer.elapsed() < 5000);
}

void InspectorSettings::liveApplicationOfAMarkedStoreOpensReadOnly()
{
    const QString url = makeStore();
    ConnectionBook().mark(connection(u"shop"_s, url, Connection::Production));
    LiveServer server(std::make_shared<SqliteStore>(m_folder->filePath(u"shop.db"_s)));
    const QString name = u"test-mark-%1"_s.arg(QCoreApplication::applicationPid());
    QVERIFY(server.listen(name));
    m_window->open(Connection::forUrl(u"live:"_s + name));
    QTRY_VERIFY(m_window->currentTab() && m_window->currentTab()->store().isIdentified());
    QVERIFY(m_window->currentTab()->store().isProduction());
    QVERIFY(!m_window->currentTab()->store().isWritable());
}

void InspectorSettings::removedConnectionTakesOnlyItsOwnPassword()
{
    Keychain::setBackend(std::make_unique<FakeKeychain>());
    const auto keeping = [this](const QString &name, const QString &url) {
        Connection made = connection(name, url);
        made.asksPassword = made.keepsPassword = true;
        return made;
    };
    const Connection one = keeping(u"one"_s, u"redis://shop"_s), same = keeping(u"same"_s, u"redis://shop"_s),
                     other = keeping(u"other"_s, u"redis://shop/1"_s);
    Keychain::write(one.url, u"a"_s);
    Keychain::write(other.url, u"b"_s);
    ConnectionBook book, elsewhere;
    book.add(one);
    book.add(other);
    elsewhere.add(same); // by another inspector
    book.remove(one);
    QCOMPARE(FakeKeychain::passwords.size(), 2);
    // An edit that keeps the password no more must not take it from the other either.
    ConnectionDialog *dialog = new ConnectionDialog(same);
    dialog->findChild<QCheckBox *>(u"keepPassword"_s)->setChecked(false);
    dialog->accept();
    QCOMPARE(FakeKeychain::passwords.size(), 2);
    book.remove(same);
    QCOMPARE(FakeKeychain::passwords.keys(), QStringList{u"redis://shop/1"_s});
    Keychain::setBackend({});
}

void InspectorSettings::formHasEveryPartOfARedisUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("name");
    const auto row = [](const QString &url, const QString &name) { QTest::newRow(qPrintable(url)) << url << name; };
    row(u"redis://shop:7000/3?prefix=p"_s, u"shop"_s);
    row(u"redis+sentinel://a:1,b,[::1]:26379/my%20shop"_s, u"my shop"_s);
    row(u"rediss+sentinel://us%40er@a,b/shop/2?prefix=p%3A"_s, u"shop"_s);
    row(u"redis+cluster://a:1,b,[::1]:7000"_s, u"a"_s);
    row(u"rediss+cluster://us%40er@a,b?prefix=p%3A"_s, u"a"_s);
    // What the form has no field for stays as it is.
    row(u"redis+sentinel://a,b/shop?wait=2&sentinel-user=watch"_s, u"shop"_s);
    row(u"redis+cluster://a,b?shards=64"_s, u"a"_s);
}

void InspectorSettings::formHasEveryPartOfARedisUrl()
{
    QFETCH(const QString, url);
    QFETCH(const QString, name);
    Connection before = Connection::forUrl(url);
    QCOMPARE(before.name, name);
    ConnectionDialog dialog(before);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QCOMPARE(dialog.connection().url, url);
}

void InspectorSettings::namesAndKeysStayOutOfTheSettings()
{
    const QString url = makeStore();
    m_window->open(Connection::forUrl(url));
    QVERIFY(m_window->currentTab());
    SessionFilter filter;
    filter.user = u"carla.the.user"_s;
    filter.keyPrefix = "WQ1aBcdXWQ1aBcdX";
    filter.text = u"looked-for"_s;
    filter.state = SessionFilter::Living;
    m_window->currentTab()->setFilter(filter);
    m_window->close();
    Settings::read([](QSettings &store) {
        for (const QString &key : store.allKeys()) {
            const QString text = key + store.value(key).toString();
            for (const auto secret : {"carla"_L1, "WQ1aBcdX"_L1, "looked-for"_L1})
                QVERIFY2(!text.contains(secret), qPrintable(text));
        }
    });
}

void InspectorSettings::layoutIsSavedWhenItChanges()
{
    m_window->open(Connection::forUrl(makeStore()));
    QTRY_VERIFY(m_window->currentTab());
    m_window->findChild<QDockWidget *>(u"activity"_s)->show();
    m_window->currentTab()->view().setColumnWidth(SessionModel::User, 333);
    m_window->resize(1222, 733); // Qt narrows what it restores to the screen, which may be 800 pixels wide
    QTRY_VERIFY([] {
        MainWindow next;
        return next.height() == 733 && !next.findChild<QDockWidget *>(u"activity"_s)->isHidden();
    }());
    MainWindow next;
    next.openAgain();
    QVERIFY(next.currentTab());
    QCOMPARE(next.currentTab()->view().columnWidth(SessionModel::User), 333);
}

void InspectorSettings::mistypedPathCreatesNothing_data()
{
    QTest::addColumn<bool>("readOnly");
    QTest::newRow("writable") << false;
    QTest::newRow("read-only") << true;
}

void InspectorSettings::mistypedPathCreatesNothing()
{
    QFETCH(const bool, readOnly);
    m_window = std::make_unique<MainWindow>(readOnly);
    m_window->open(Connection::forUrl(u"sqlite:"_s + m_folder->filePath(u"none.db"_s)));
    QVERIFY(m_window->currentTab());
    QTRY_COMPARE(m_window->currentTab()->store().state(), OpenStore::State::Lost);
    QCOMPARE(files(), QStringList());
    m_window.reset();
    QCOMPARE(files(), QStringList());
}

void InspectorSettings::testOfAConnectionLeavesNoFiles()
{
    makeStore();
    const QStringList before = files();
    for (const QString &name : {u"none.db"_s, u"shop.db"_s}) {
        ConnectionDialog dialog(connection(name, u"sqlite:"_s + m_folder->filePath(name)));
        dialog.show();
        QTest::mouseClick(button(&dialog, u"Test"_s), Qt::LeftButton);
        auto *result = dialog.findChild<QLabel *>(u"result"_s);
        QTRY_VERIFY(!result->text().isEmpty() && !result->text().contains(u'…'));
        QCOMPARE(result->text().contains(u"answers"), name == u"shop.db");
    }
    QCOMPARE(files(), before);
}

void InspectorSettings::readOnlyStoreIsOpenedForWritingOnlyWhenMadeWritable()
{
    const QString url = makeStore();
    m_window->open(connection(u"shop"_s, url, Connection::Staging));
    QVERIFY(m_window->currentTab()->store().isWritable());
    m_window = std::make_unique<MainWindow>();
    Connection careful = connection(u"shop"_s, url);
    careful.readOnly = true;
    m_window->open(careful);
    QVERIFY(m_window->currentTab());
    OpenStore &store = m_window->currentTab()->store();
    QVERIFY(!store.isWritable());
    QVERIFY(store.canBeWritable());
    QVERIFY(store.writer()->isReadOnly());
    m_window->currentTab()->changeWritable();
    QVERIFY(store.isWritable());
    QVERIFY(!store.writer()->isReadOnly());
    const SessionRecord record = sampleSession(2, systemNow());
    QVERIFY(store.writer()->waitFor(store.writer()->create(record)));
    QTRY_COMPARE(m_window->currentTab()->model().rowCount(), 2);
    m_window->currentTab()->changeWritable();
    QVERIFY(store.writer()->isReadOnly());
    m_window = std::make_unique<MainWindow>(true);
    m_window->open(Connection::forUrl(url));
    QVERIFY(!m_window->currentTab()->store().canBeWritable());
}

void InspectorSettings::terminationLosesNothing_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("terminate") << 15;
    QTest::newRow("Ctrl-C") << 2;
}

void InspectorSettings::terminationLosesNothing()
{
#ifndef Q_OS_UNIX
    QSKIP("Signals are of Unix.");
#else
    QFETCH(const int, signal);
    const QString url = makeStore(), file = m_folder->filePath(u"settings.ini"_s);
    QProcess inspector;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"SOJOURN_INSPECTOR_SETTINGS"_s, file);
    inspector.setProcessEnvironment(environment);
    inspector.start(QStringLiteral(SOJOURN_INSPECTOR), {url});
    QVERIFY(inspector.waitForStarted());
    const auto saved = [&file] { return QSettings(file, QSettings::IniFormat); };
    QTRY_VERIFY(saved().contains(u"openStores/size"_s));
    QProcess::execute(u"kill"_s, {u"-%1"_s.arg(signal), QString::number(inspector.processId())});
    QVERIFY(inspector.waitForFinished());
    QCOMPARE(inspector.exitStatus(), QProcess::NormalExit);
    QCOMPARE(inspector.exitCode(), 0);
    QVERIFY(saved().contains(u"geometry"_s));
    QCOMPARE(saved().value(u"openStores/1/url"_s).toString(), url);
#endif
}

void InspectorSettings::helpAndVersionNeedNoDisplay_data()
{
    QTest::addColumn<QString>("option");
    for (const char *option : {"--help", "-h", "--version", "-v"})
        QTest::newRow(option) << QString::fromLatin1(option);
}

void InspectorSettings::helpAndVersionNeedNoDisplay()
{
    QFETCH(const QString, option);
    QProcess inspector;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.remove(u"DISPLAY"_s);
    inspector.setProcessEnvironment(environment);
    inspector.start(QStringLiteral(SOJOURN_INSPECTOR), {option});
    QVERIFY(inspector.waitForFinished());
    QCOMPARE(inspector.exitStatus(), QProcess::NormalExit);
    QCOMPARE(inspector.exitCode(), 0);
    QVERIFY(inspector.readAllStandardOutput().contains("sojourn-inspector"));
}

void InspectorSettings::helpSpeaksTheLanguage()
{
    QProcess inspector;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"de_DE.UTF-8"_s);
    inspector.setProcessEnvironment(environment);
    inspector.start(QStringLiteral(SOJOURN_INSPECTOR), {u"--help"_s});
    QVERIFY(inspector.waitForFinished());
    const QByteArray help = inspector.readAllStandardOutput();
    QVERIFY2(help.contains("Aufruf: sojourn-inspector") && help.contains("Alle Speicher nur lesend"), help.constData());
}

void InspectorSettings::wrongUsageIsToldInOneLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("mistyped") << QStringList{u"--read-onyl"_s} << "There is no option --read-onyl. Did you mean --read-only?"_ba;
    QTest::newRow("behind options of Qt") << QStringList{u"-platform"_s, u"offscreen"_s, u"-style"_s, u"fusion"_s, u"--color"_s}
                                          << "There is no option --color. Did you mean --color-scheme?"_ba;
    QTest::newRow("without a value") << QStringList{u"--color-scheme"_s}
                                     << "--color-scheme needs a value: --color-scheme light|dark."_ba;
    QTest::newRow("unknown value") << QStringList{u"--color-scheme=blue"_s} << "--color-scheme blue: give light or dark."_ba;
}

void InspectorSettings::wrongUsageIsToldInOneLine()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, error);
    QProcess inspector;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C"_s);
    inspector.setProcessEnvironment(environment);
    inspector.start(QStringLiteral(SOJOURN_INSPECTOR), arguments);
    QVERIFY(inspector.waitForFinished());
    QCOMPARE(inspector.exitCode(), 2);
    const QByteArray errors = inspector.readAllStandardError(); // Qt may say something of the system before
    QVERIFY2(errors.endsWith("sojourn-inspector: " + error + '\n'), errors.constData());
}

void InspectorSettings::firstStartFitsASmallScreen()
{
    MainWindow first;
    const QSize screen = first.screen()->availableSize();
    QVERIFY(first.width() < screen.width() && first.height() < screen.height());
    openTab(20);
    QTRY_VERIFY(m_window->minimumSizeHint().width() <= 1366 - 16);
    QVERIFY2(m_window->minimumSizeHint().height() <= 768 - 70, qPrintable(QString::number(m_window->minimumSizeHint().height())));
}

void InspectorSettings::arrowKeysWorkOnceAStoreIsOpen()
{
    m_window->activateWindow();
    StoreTab *tab = openTab(5);
    QTRY_COMPARE(QApplication::focusWidget(), &tab->view());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTRY_COMPARE(tab->view().currentKey(), std::optional(tab->model().row(tab->view().currentIndex().row())->info.key));
}

QTEST_MAIN(InspectorSettings)

#include "tst_inspectorsettings.moc"
