// SPDX-License-Identifier: MIT
#include <storesuite.h>

#include <Sojourn/SqliteStore>
#include <Sojourn/jsonrules.h>

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QLoggingCategory>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>
#include <QtTest/QSignalSpy>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <map>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A connection of another program to the file.
class Shell
{
public:
    explicit Shell(const QString &path)
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"shell"_s);
        db.setDatabaseName(path);
        db.open();
    }
    ~Shell() { QSqlDatabase::removeDatabase(u"shell"_s); }
    Q_DISABLE_COPY_MOVE(Shell)

    QVariant run(const QString &sql, const QVariantList &values = {})
    {
        QSqlQuery query(QSqlDatabase::database(u"shell"_s));
        query.prepare(sql);
        for (const QVariant &value : values)
            query.addBindValue(value);
        if (!query.exec())
            qWarning() << query.lastError();
        return query.next() ? query.value(0) : QVariant();
    }
};

#ifdef Q_OS_UNIX
/// While it lives, permissions count even if the test runs as root.
class Unprivileged
{
public:
    Unprivileged() : m_works(geteuid() != 0 || seteuid(65534) == 0) { }
    ~Unprivileged()
    {
        if (seteuid(getuid()) != 0)
            qFatal("cannot become root again");
    }
    Q_DISABLE_COPY_MOVE(Unprivileged)

    explicit operator bool() const { return m_works; }

private:
    bool m_works;
};
#endif

static QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %ls", qUtf16Printable(path));
}

/// A store in a thread of its own.
class StoreThread
{
public:
    explicit StoreThread(const QString &path)
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        run([&] { store = std::make_unique<SqliteStore>(path); });
    }
    ~StoreThread()
    {
        run([this] { store.reset(); });
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(StoreThread)

    /// Calls \a work in the thread, and waits for it.
    template<class Work>
    void run(Work work)
    {
        QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
    }
    /// Calls \a work in the thread some time.
    template<class Work>
    void begin(Work work)
    {
        QMetaObject::invokeMethod(&m_context, work, Qt::QueuedConnection);
    }

    std::unique_ptr<SqliteStore> store; // of the thread

private:
    QThread m_thread;
    QObject m_context;
};

class TestSqliteStore : public StoreSuite
{
    Q_OBJECT
public:
    TestSqliteStore()
        : StoreSuite({.make = [this] { return make(freshPath()); },
                      .makeAnother = [this] { return make(m_path, {.historyLimit = 9'999}); },
                      .corrupt = [this](const SessionKey &key) { damage(key, "{\"a\":"); }})
    { }

    /// What this program does when it is started as a child of the test.
    static int child(const QStringList &arguments);

private Q_SLOTS:
    void filesBelongToTheUserAlone();
    void tablesAreReadableText();
    void whatOtherProgramsWriteIsReadAtOnce();
    void whatAnotherProcessWritesIsReadAtOnce();
    void whatAnotherThreadWritesIsReadAtOnce();
    void whateverTheOrderOfWritersIsReadAtOnce();
    void olderRowTakesNoPlaceOfANewerOne();
    void storesOfOneProcessShareOneWriter();
    void storesOfOneProcessCloseWhileOthersWrite();
    void acknowledgedChangesSurviveKill();
    void twoProcessesLoseNothing();
    void readsGoOnWhileTheWriterWaits();
    void oneFailingChangeDoesNotUndoTheOthers();
    void waitingChangesAreCommittedWhenTheStoreCloses();
    void tasksOfAClosedStoreFinishWithAnError();
    void changesThatWereGivenUpNeverHappen();
    void rotationTakesTheKeyOfAnExpiredSession();
    void versionsOutsideTheColumnAreRefused();
    void newestEventsAreKept();
    void historyIsBoundedInBytes();
    void countsFollowEveryProcess();
    void offsetsInALongTablePassOverExpiredSessions();
    void longRemovalsLetOthersThrough_data();
    void longRemovalsLetOthersThrough();
    void userRemovalEndsWhatThereWasWhenItBegan();
    void userRemovalSparesALoginThatTakesAFreedRow();
    void capEndsManySessionsInSteps_data();
    void capEndsManySessionsInSteps();
    void fileShrinksWhenAskedTo_data();
    void fileShrinksWhenAskedTo();
    void damagedPageEndsEveryWalk_data();
    void damagedPageEndsEveryWalk();
    void indexThatLacksRowsIsDamage_data();
    void indexThatLacksRowsIsDamage();
    void anotherProcessFindsWhatIsRecent();

    void lockedFileIsUnavailable();
    void missingFolderIsUnavailableUntilItIsThere();
    void missingFileIsMadeOnlyWhenAllowed();
    void fileThatIsNoDatabaseStaysAsItIs_data();
    void fileThatIsNoDatabaseStaysAsItIs();
    void writeProtectedFileCanBeRead();
    void unwritableFolderIsUnavailable();
    void fullDiskIsUnavailableUntilThereIsRoom();
    void sessionsCanBeEndedOnAFullDisk_data();
    void sessionsCanBeEndedOnAFullDisk();
    void folderWithoutLocksIsNamed_data();
    void folderWithoutLocksIsNamed();
    void missingDriverIsUnsupported();

    void removedFileIsUnavailableUntilItIsBack();
    void reserveIsThereWhileTheFileIsInUse();
    void fileRemovedAfterTheLastStoreIsMadeAnew();
    void replacedFileIsUsedAndTheOldLogIsNot_data();
    void replacedFileIsUsedAndTheOldLogIsNot();
    void replacedFileIsNoticedWithoutTraffic();
    void redirectedLinkIsNoticedAndLeavesTheOldFileWhole();
    void linkToAMissingFileMakesIt();
    void listenerHearsOfWhatItMissed_data();
    void listenerHearsOfWhatItMissed();
    void thousandsOfEventsAtOnceAreTold();
    void newsForOthersAreKeptInMeasure();
    void sweepForgetsOldKeys();
    void listenersGoOnInAReplacedFile_data();
    void listenersGoOnInAReplacedFile();
    void readOnlyStoreWritesNothing_data();
    void readOnlyStoreWritesNothing();
    void readOnlyStoreSeesWhatOthersWrite();
    void readOnlyStoreShowsNothingThatWasNeverCommitted();
    void restoredBackupIsWrittenThroughALogAgain();
    void writeProtectedBackupCanBeRead();
    void readOnlyStoreReadsAnEarlierFormat();
    void earlierFormatKeepsItsSessions_data();
    void earlierFormatKeepsItsSessions();
    void replacedKeyIsKnownAfterARestart();
    void replacedKeysAreForgottenInTime();
    void newerRowIsUnsupportedAndStays();
    void impossibleFormatIsNoticedWhileOpen();
    void newerFormatIsNoticedWhileOpen();
    void damagedColumnsAreSetAside_data();
    void damagedColumnsAreSetAside();
    void editedJsonIsReadInAnySpelling_data();
    void editedJsonIsReadInAnySpelling();
    void randomBytesAreReadAsQtReadsThemOrSetAside();

private:
    static std::shared_ptr<SqliteStore> make(const QString &path, const SqliteOptions &options = {})
    {
        return std::make_shared<SqliteStore>(path, options);
    }
    /// Shares its writer with the store of the test. makeAnother() has other options, and so none of this process: it stands for
    /// another process.
    std::shared_ptr<SqliteStore> makeSharing() { return make(m_path); }
    QString freshPath()
    {
        m_path = m_dir.filePath(QString::number(++m_files) + ".db"_L1);
        return m_path;
    }
    /// A symbolic link in another folder.
    QString linkTo(const QString &path)
    {
        const QString folder = m_dir.filePath(u"links"_s);
        QDir().mkdir(folder);
        const QString link = folder + u"/%1.db"_s.arg(++m_files);
        QFile::link(path, link);
        return link;
    }
    void damage(const SessionKey &key, const QByteArray &data)
    {
        Shell(m_path).run(u"UPDATE sessions SET data = CAST(? AS TEXT) WHERE key = ?"_s, {data, key.toString()});
    }
    template<class T>
    Error errorOf(SessionStore &store, Task<T> task)
    {
        const Result<T> result = store.waitFor(std::move(task));
        return result ? Error{Error::Invalid, u"no error"_s} : result.error();
    }
    void runChild(QProcess &process, const QStringList &arguments)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(), QStringList{u"child"_s} + arguments);
    }

    /// Runs the child \a what on a disk of that \a size. \return its exit code, nothing if such a disk cannot be had.
    std::optional<int> runOnSmallDisk(const QString &what, const QString &size)
    {
        const QString folder = m_dir.filePath(what);
        QDir().mkdir(folder);
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(u"unshare"_s, {u"-rm"_s, u"sh"_s, u"-c"_s,
                                     u"mount -t tmpfs -o size=$3 tmpfs \"$1\" || exit 77; \"$0\" child \"$2\" \"$1\""_s,
                                     QCoreApplication::applicationFilePath(), folder, what, size});
        if (!process.waitForFinished() || process.exitCode() == 77 || process.exitCode() == 1)
            return std::nullopt;
        return process.exitCode();
    }
    /// Adds \a count sessions to the file at once.
    void fill(int count, const QString &user, TimePoint expires = systemNow() + 1h)
    {
        Shell(m_path).run(
            u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO sessions (key, user, created, seen, expires, issued, version, rotate, attributes, size, data)"
            " SELECT printf('%014d', (SELECT count(*) FROM sessions)) || printf('%028dA', i), ?, ?1, ?1, ?, ?1, 1, 0, 1,"
            " 102, printf('{\"a\":\"%0100d\"}', i) FROM n"_s.replace(u"?1"_s, QString::number(msOf(systemNow()))),
            {count, user, msOf(expires)});
    }
    static qint64 msOf(TimePoint time) { return time.time_since_epoch().count(); }

    QTemporaryDir m_dir;
    QString m_path;
    int m_files = 0;
};

// Children

static SessionChange pairOf(int value)
{
    SessionChange change;
    change.set("a", QByteArray::number(value));
    change.set("b", QByteArray::number(value));
    change.set("padding", '"' + QByteArray(value % 3000, 'x') + '"');
    return change;
}

// Writes to 8 sessions without end, and prints "SESSION VALUE" for each change that the store has acknowledged.
static int writeUntilKilled(const QString &path)
{
    SqliteStore store(path);
    for (int value = 1;; ++value) {
        std::vector<Task<SessionInfo>> tasks;
        for (int n = 0; n < 8; ++n)
            tasks.push_back(store.update(*SessionKey::fromBytes(QByteArray(32, char('0' + n))), pairOf(value)));
        for (int n = 0; n < 8; ++n) {
            if (!store.waitFor(std::move(tasks[n])))
                return 1;
            std::printf("%d %d\n", n, value);
            std::fflush(stdout);
        }
    }
}

// Increments "n" and counts in an attribute of its own, until the session is gone; then nothing may bring it back.
static int countUntilGone(const QString &path, const QByteArray &own)
{
    SqliteStore store(path);
    const SessionKey key = *SessionKey::fromBytes(QByteArray(32, '0'));
    for (int value = 1; value <= 1'000'000; ++value) {
        SessionChange change;
        change.increment("n", 1);
        change.set(own, QByteArray::number(value));
        const Result<SessionInfo> updated = store.waitFor(store.update(key, change), 10s);
        if (!updated && updated.error() == Error::NotFound)
            return store.waitFor(store.update(key, SessionChange())).has_value() ? 1 : 0;
        if (!updated)
            return 2;
        std::printf("%d\n", value);
        std::fflush(stdout);
    }
    return 3;
}

// Sets "a" to what each line says, and says it again when that is done.
static int writeWhatIsSaid(const QString &path)
{
    SqliteStore store(path);
    const SessionKey key = *SessionKey::fromBytes(QByteArray(32, '0'));
    char line[32];
    while (std::fgets(line, sizeof line, stdin)) {
        SessionChange change;
        change.set("a", QByteArray(line).trimmed());
        if (!store.waitFor(store.update(key, change)))
            return 1;
        std::fputs(line, stdout);
        std::fflush(stdout);
    }
    return 0;
}

static int fillDisk(const QString &folder)
{
    const QString filler = folder + "/filler"_L1;
    write(filler, QByteArray(200'000, 'x'));
    SqliteStore store(folder + "/s.db"_L1);
    bool available = true;
    QObject::connect(&store, &SessionStore::availabilityChanged, &store, [&available](bool now) { available = now; });
    SessionRecord record;
    record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow();
    record.expiresAt = systemNow() + 1h;
    record.data.insert(QByteArrayView("padding"), QByteArrayView('"' + QByteArray(20'000, 'x') + '"'));
    QList<SessionKey> created;
    for (int n = 1; n < 200; ++n) {
        record.key = *SessionKey::fromBytes(QByteArray(32, char(n)));
        const Result<SessionInfo> result = store.waitFor(store.create(record));
        if (result) {
            created.append(record.key);
            continue;
        }
        if (result.error() != Error::Unavailable || !result.error().text.contains("full"_L1)) {
            qWarning("%ls", qUtf16Printable(result.error().text));
            return 2;
        }
        for (const SessionKey &key : created) {
            if (!store.waitFor(store.load(key)))
                return 3;
        }
        if (store.waitFor(store.load(record.key)))
            return 4;
        if (available)
            return 8;
        QFile::remove(filler);
        return created.isEmpty() ? 5 : store.waitFor(store.create(record)) ? 0 : 6;
    }
    return 7;
}

// On a full disk: what there is can be read, a change is refused as a whole, and every session can be ended; also while somebody
// reads, an export perhaps, so that the log can only grow.
static int endOnFullDisk(const QString &folder, const QString &path, bool whileSomebodyReads = false)
{
    const QString filler = folder + "/filler"_L1;
    SqliteStore store(path);
    SessionRecord record;
    record.createdAt = record.lastSeenAt = record.idIssuedAt = systemNow();
    record.expiresAt = systemNow() + 1h;
    record.data.insert(QByteArrayView("padding"), QByteArrayView('"' + QByteArray(2'000, 'x') + '"'));
    const auto keyOf = [](int n) { return *SessionKey::fromBytes(QByteArray(31, 'k') + char(n)); };
    for (int n = 0; n < 40; ++n) {
        record.key = keyOf(n);
        record.user = n < 20 ? u"one"_s : u"other"_s;
        if (const auto created = store.waitFor(store.create(record)); !created) {
            qWarning("%d: %ls", n, qUtf16Printable(created.error().text));
            return 2;
        }
    }
    if (whileSomebodyReads) {
        QSqlDatabase reader = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"reader"_s);
        reader.setDatabaseName(folder + "/s.db"_L1);
        if (!reader.open() || !reader.transaction() || !QSqlQuery(reader).exec(u"SELECT count(*) FROM sessions"_s))
            return 11;
    }
    const auto fill = [&filler] {
        QFile file(filler);
        if (!file.open(QIODevice::Append | QIODevice::Unbuffered))
            return false;
        while (file.write(QByteArray(512, 'x')) == 512) { }
        return true;
    };
    if (!fill())
        return 3;

    SessionChange change;
    change.set("padding", '"' + QByteArray(60'000, 'y') + '"');
    for (int n = 0;; ++n) { // as long as the log has room
        const Result<SessionInfo> updated = store.waitFor(store.update(keyOf(n % 40), change));
        if (!updated && (updated.error() != Error::Unavailable || !updated.error().text.contains("full"_L1)))
            return 4;
        if (!updated)
            break;
        if (n == 1000)
            return 5;
    }
    fill(); // others take what was given back
    for (int n = 0; n < 40; ++n) {
        if (!store.waitFor(store.load(keyOf(n))))
            return 6;
    }
    const int ended = whileSomebodyReads ? 2 : 10; // as many as find their place in what is held back for them
    for (int n = 0; n < ended; ++n) {
        if (const auto removed = store.waitFor(store.remove(keyOf(n), SessionStore::Removal::Destroyed)); !removed) {
            qWarning("%d: %ls", n, qUtf16Printable(removed.error().text));
            return 7;
        }
        if (store.waitFor(store.load(keyOf(n))))
            return 8;
    }
    if (whileSomebodyReads)
        QSqlDatabase::database(u"reader"_s).close();
    if (store.waitFor(store.removeUser(u"one"_s, {}, SessionStore::Removal::User)).value_or(0) != 20 - ended)
        return 9;
    QFile::remove(filler);
    QElapsedTimer since;
    since.start();
    while (!store.waitFor(store.update(keyOf(20), change))) {
        if (since.hasExpired(2000))
            return 10;
        QThread::msleep(20);
    }
    return 0;
}

static int useWithoutLocks(const QString &path)
{
    SqliteStore store(path);
    store.setTimeout(300ms);
    const Result<qint64> count = store.waitFor(store.removeExpired(1), 2s);
    if (!count)
        std::printf("%s", qUtf8Printable(count.error().text));
    return count ? 1 : 0;
}

static int useWithoutDriver(const QString &path)
{
    QCoreApplication::setLibraryPaths({});
    SqliteStore store(path);
    const Result<qint64> count = store.waitFor(store.count());
    return !count && count.error() == Error::Unsupported && !QFileInfo::exists(path) ? 0 : 1;
}

int TestSqliteStore::child(const QStringList &arguments)
{
    const QString what = arguments.value(0);
    if (what == "write"_L1)
        return writeUntilKilled(arguments.value(1));
    if (what == "count"_L1)
        return countUntilGone(arguments.value(1), arguments.value(2).toLatin1());
    if (what == "say"_L1)
        return writeWhatIsSaid(arguments.value(1));
    if (what == "fill"_L1)
        return fillDisk(arguments.value(1));
    if (what == "end"_L1)
        return endOnFullDisk(arguments.value(1), arguments.value(1) + "/s.db"_L1);
    if (what == "endBehindLink"_L1) {
        const QString link = arguments.value(1) + ".db"_L1; // on another disk
        return QFile::link(arguments.value(1) + "/s.db"_L1, link) ? endOnFullDisk(arguments.value(1), link) : 12;
    }
    if (what == "endBesideReader"_L1)
        return endOnFullDisk(arguments.value(1), arguments.value(1) + "/s.db"_L1, true);
    if (what == "nolocks"_L1)
        return useWithoutLocks(arguments.value(1));
    if (what == "nodriver"_L1)
        return useWithoutDriver(arguments.value(1));
    return 99;
}

// Tests

void TestSqliteStore::filesBelongToTheUserAlone()
{
    create(record(1));
    for (const auto suffix : {""_L1, "-wal"_L1, "-shm"_L1}) {
        const QFileInfo file(m_path + suffix);
        QVERIFY(file.exists());
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
    }
}

void TestSqliteStore::tablesAreReadableText()
{
    SessionRecord one = record(1, u"änn"_s);
    give(one, "na\"me\n", R"({"a":[1,"ü"]})");
    create(one);
    Shell shell(m_path);
    QCOMPARE(shell.run(u"SELECT data FROM sessions WHERE key = ?"_s, {key(1).toString()}).toString(),
             uR"({"na\"me\u000a":{"a":[1,"ü"]}})"_s);
    QCOMPARE(shell.run(u"SELECT typeof(data) || typeof(key) || user FROM sessions"_s).toString(), u"texttextänn"_s);
}

void TestSqliteStore::whatOtherProgramsWriteIsReadAtOnce()
{
    create(record(1));
    must(m_store->update(key(1), setting("a", "1")));
    QCOMPARE(attribute(key(1), "a"), "1");
    Shell shell(m_path);
    for (int n = 2; n < 10; ++n) {
        shell.run(u"UPDATE sessions SET data = ? WHERE key = ?"_s, {u"{\"a\":%1}"_s.arg(n), key(1).toString()});
        if (n % 2) // by who writes as by who reads
            must(m_store->update(key(1), setting("b", QByteArray::number(n))));
        QCOMPARE(attribute(key(1), "a"), QByteArray::number(n));
        QCOMPARE(attribute(key(1), "b"), n % 2 ? QByteArray::number(n) : QByteArray());
        QCOMPARE(attribute(key(1), "a"), QByteArray::number(n));
    }
    shell.run(u"DELETE FROM sessions"_s);
    QVERIFY(!exists(key(1)));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::NotFound));
}

void TestSqliteStore::whatAnotherProcessWritesIsReadAtOnce()
{
    SessionRecord session = record(1);
    session.key = *SessionKey::fromBytes(QByteArray(32, '0'));
    create(session);
    QProcess process;
    runChild(process, {u"say"_s, m_path});
    QVERIFY(process.waitForStarted());
    for (int n = 1; n <= 300; ++n) {
        const QByteArray number = QByteArray::number(n);
        process.write(number + '\n');
        while (!process.canReadLine())
            QVERIFY(process.waitForReadyRead());
        process.readLine();
        QCOMPARE(attribute(session.key, "a"), number);
        if (n % 3 == 0)
            must(m_store->update(session.key, setting("b", number)));
        QCOMPARE(attribute(session.key, "a"), number);
    }
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestSqliteStore::whatAnotherThreadWritesIsReadAtOnce()
{
    create(record(1));
    StoreThread other(m_path);
    for (int n = 1; n <= 1000; ++n) {
        const QByteArray number = QByteArray::number(n);
        other.run([&] { other.store->waitFor(other.store->update(key(1), setting("a", number))); });
        QCOMPARE(attribute(key(1), "a"), number);
        must(m_store->update(key(1), setting("b", number)));
        QByteArray seen;
        other.run([&] {
            const auto loaded = other.store->waitFor(other.store->load(key(1)));
            seen = loaded ? loaded->data.json("b").toByteArray() : QByteArray();
        });
        QCOMPARE(seen, number);
    }
}

void TestSqliteStore::whateverTheOrderOfWritersIsReadAtOnce()
{
    static constexpr int sessions = 6;
    std::map<int, QByteArray> expected; // attribute "a" of the sessions that live
    QRandomGenerator random(11);
    StoreThread other(m_path);
    Shell shell(m_path);
    shell.run(u"PRAGMA busy_timeout = 5000"_s);
    const auto inBoth = [&](int writer, auto call) {
        if (writer == 0)
            return std::pair(m_store->waitFor(call(*m_store)).has_value(), true);
        if (writer == 1) { // through the writer's thread, as two changes wait
            auto task = call(*m_store), second = m_store->update(key(99), setting("a", "1"));
            const bool done = m_store->waitFor(std::move(task)).has_value();
            return std::pair(done, !m_store->waitFor(std::move(second)).has_value());
        }
        bool done = false;
        other.run([&] { done = other.store->waitFor(call(*other.store)).has_value(); });
        return std::pair(done, true);
    };
    for (int step = 0; step < 3000; ++step) {
        const int n = random.bounded(sessions);
        const int writer = random.bounded(4);
        const bool lives = expected.contains(n);
        const QByteArray value = QByteArray::number(step);
        if (!lives) {
            SessionRecord fresh = record(n);
            give(fresh, "a", value);
            QVERIFY(inBoth(writer % 3, [&](SessionStore &store) { return store.create(fresh); }).first);
            expected[n] = value;
        } else if (writer == 3) {
            shell.run(u"UPDATE sessions SET data = ? WHERE key = ?"_s, {u"{\"a\":%1}"_s.arg(step), key(n).toString()});
            expected[n] = value;
        } else if (random.bounded(8) == 0) {
            const auto [done, alone] = inBoth(writer, [&](SessionStore &store) {
                return store.remove(key(n), SessionStore::Removal::Destroyed);
            });
            QVERIFY(done && alone);
            expected.erase(n);
        } else if (random.bounded(8) == 0) {
            QVERIFY(inBoth(writer, [&](SessionStore &store) { return store.rotate(key(n), key(100), change()); }).first);
            QVERIFY(inBoth(writer, [&](SessionStore &store) {
                        return store.rotate(key(100), key(n), setting("a", value));
                    }).first);
            expected[n] = value;
        } else {
            QVERIFY(inBoth(writer, [&](SessionStore &store) { return store.update(key(n), setting("a", value)); }).first);
            expected[n] = value;
        }
        const int looked = random.bounded(sessions);
        const auto wanted = expected.contains(looked) ? expected[looked] : QByteArray();
        QByteArray seen;
        if (random.bounded(3) == 0) {
            other.run([&] {
                const auto loaded = other.store->waitFor(other.store->load(key(looked)));
                seen = loaded ? loaded->data.json("a").toByteArray() : QByteArray();
            });
        } else {
            seen = attribute(key(looked), "a");
        }
        QCOMPARE(seen, wanted);
        if (step % 100 == 0)
            QCOMPARE(must(m_store->count()), qint64(expected.size()));
    }
}

/// What another connection handed on before this one wrote is no news any more.
void TestSqliteStore::olderRowTakesNoPlaceOfANewerOne()
{
    StoreThread other(m_path);
    create(record(1));
    create(record(2));
    const auto write = [this](const SessionKey &key, const char *name) {
        return m_store->waitFor(m_store->update(key, setting(name, "1"))).has_value();
    };
    QVERIFY(write(key(2), "kept"));
    QVERIFY(m_store->waitFor(m_store->rotate(key(2), key(3), change())));
    bool isDone = false;
    other.run([&] { isDone = other.store->waitFor(other.store->update(key(1), setting("first", "1"))).has_value(); });
    QVERIFY(isDone && write(key(1), "second") && write(key(1), "third"));
    const SessionRecord now = must(m_store->load(key(1)));
    for (const char *name : {"first", "second", "third"})
        QVERIFY2(now.data.contains(name), name);
    QCOMPARE(now.version, 4);
}

void TestSqliteStore::storesOfOneProcessShareOneWriter()
{
    static constexpr int threads = 4;
    static constexpr int writes = 300;
    create(record(1));
    must(m_store->subscribe());
    QList<quint64> seen;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&seen](const SessionEvent &event) { seen.append(event.version); });

    std::vector<std::unique_ptr<StoreThread>> others;
    std::vector<QList<quint64>> seenBy(threads);
    for (int i = 0; i < threads; ++i) {
        auto &other = *others.emplace_back(std::make_unique<StoreThread>(m_path));
        other.run([&, i] {
            other.store->waitFor(other.store->subscribe());
            connect(other.store.get(), &SessionStore::sessionEvent, other.store.get(),
                    [&seen = seenBy[i]](const SessionEvent &event) { seen.append(event.version); });
        });
    }
    std::atomic<int> succeeded = 0;
    SessionChange increment;
    increment.increment("n", 1);
    for (const auto &other : others) {
        other->begin([&] {
            for (int n = 0; n < writes; ++n)
                other->store->update(key(1), increment).then([&succeeded](const auto &done) { succeeded += done.has_value(); });
        });
    }
    QTRY_COMPARE_WITH_TIMEOUT(succeeded.load(), threads * writes, 20'000);
    QCOMPARE(attribute(key(1), "n"), QByteArray::number(threads * writes));

    QList<quint64> expected;
    for (quint64 version = 2; version <= threads * writes + 1; ++version)
        expected.append(version);
    QTRY_COMPARE(seen.size(), expected.size());
    QCOMPARE(seen, expected);
    for (int i = 0; i < threads; ++i) {
        QList<quint64> copy;
        others[i]->run([&] { copy = seenBy[i]; });
        QCOMPARE(copy, expected);
    }
    Shell shell(m_path);
    QCOMPARE(shell.run(u"SELECT count(*) FROM subscribers"_s).toInt(), 1);
    QCOMPARE(shell.run(u"SELECT count(*) FROM changes"_s).toInt(), 0); // is for other processes
}

void TestSqliteStore::storesOfOneProcessCloseWhileOthersWrite()
{
    create(record(1));
    must(m_store->subscribe());
    StoreThread other(m_path);
    std::atomic<int> acknowledged = 0;
    SessionChange increment;
    increment.increment("n", 1);
    for (int round = 0; round < 20; ++round) {
        other.begin([&] {
            for (int n = 0; n < 10; ++n)
                other.store->update(key(1), increment).then([&acknowledged](const auto &done) {
                    acknowledged += done.has_value();
                });
        });
        const auto brief = makeSharing();
        QVERIFY(brief->waitFor(brief->subscribe()).has_value());
        for (int n = 0; n < 10; ++n)
            brief->update(key(1), increment).then([&acknowledged](const auto &done) { acknowledged += done.has_value(); });
    }
    QTRY_COMPARE(acknowledged.load(), 400);
    QCOMPARE(attribute(key(1), "n"), "400");
}

void TestSqliteStore::acknowledgedChangesSurviveKill()
{
    for (int n = 0; n < 8; ++n) {
        SessionRecord one = record(n);
        one.key = *SessionKey::fromBytes(QByteArray(32, char('0' + n)));
        create(one);
        must(m_store->update(one.key, pairOf(0)));
    }
    m_store.reset();
    QList<int> acknowledged(8, 0);
    for (int round = 0; round < 20; ++round) {
        QProcess process;
        runChild(process, {u"write"_s, m_path});
        QByteArray output;
        while (output.count('\n') < 20 + round * 7)
            QVERIFY(process.waitForReadyRead() && !(output += process.readAllStandardOutput()).isEmpty());
        process.kill();
        process.waitForFinished();
        output += process.readAllStandardOutput();
        for (const QByteArray &line : output.first(output.lastIndexOf('\n')).split('\n'))
            acknowledged[line.first(1).toInt()] = line.sliced(2).toInt();

        m_store = make(m_path);
        for (int n = 0; n < 8; ++n) {
            const SessionRecord found = must(m_store->load(*SessionKey::fromBytes(QByteArray(32, char('0' + n)))));
            QVERIFY(found.data.json("a").toByteArray().toInt() >= acknowledged[n]);
            QCOMPARE(found.data.json("a"), found.data.json("b"));
            QCOMPARE(found.data.json("padding").size(), found.data.json("a").toByteArray().toInt() % 3000 + 2);
        }
        m_store.reset();
    }
    QCOMPARE(Shell(m_path).run(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
}

void TestSqliteStore::twoProcessesLoseNothing()
{
    SessionRecord one = record(1);
    one.key = *SessionKey::fromBytes(QByteArray(32, '0'));
    create(one);
    QProcess first, second;
    runChild(first, {u"count"_s, m_path, u"first"_s});
    runChild(second, {u"count"_s, m_path, u"second"_s});
    QByteArray firstSaid, secondSaid;
    while (firstSaid.count('\n') < 100 || secondSaid.count('\n') < 100) {
        for (QProcess *process : {&first, &second}) // both, or one could write faster than the other is ever read
            QVERIFY(process->waitForReadyRead(10) || process->state() == QProcess::Running);
        firstSaid += first.readAllStandardOutput();
        secondSaid += second.readAllStandardOutput();
        SessionChange change;
        change.increment("mine", 1);
        must(m_store->update(one.key, change));
    }
    const SessionRecord found = must(m_store->load(one.key));
    const auto number = [&found](QByteArrayView name) { return found.data.json(name).toByteArray().toInt(); };
    QVERIFY(number("first") >= 100);
    QCOMPARE(number("n"), number("first") + number("second"));
    QCOMPARE(found.version, quint64(1 + number("n") + number("mine")));
    must(m_store->remove(one.key, SessionStore::Removal::Destroyed));
    for (QProcess *process : {&first, &second}) {
        QVERIFY(process->waitForFinished());
        QCOMPARE(process->exitCode(), 0);
    }
    QVERIFY(!exists(one.key));
}

void TestSqliteStore::readsGoOnWhileTheWriterWaits()
{
    create(record(1, u"ann"_s));
    Shell shell(m_path);
    shell.run(u"BEGIN IMMEDIATE"_s);
    Task<SessionInfo> waiting = m_store->update(key(1), setting("a", "1"));
    QElapsedTimer held;
    held.start();
    while (held.elapsed() < 500) {
        Task<SessionRecord> loaded = m_store->load(key(1));
        QVERIFY(loaded.isFinished());
        QVERIFY(loaded.takeResult().has_value());
        QCOMPARE(keysOf(u"ann"_s), QList{key(1)});
        QCoreApplication::processEvents();
    }
    QVERIFY(!waiting.isFinished());
    shell.run(u"COMMIT"_s);
    must(std::move(waiting));
    QCOMPARE(attribute(key(1), "a"), "1");
}

void TestSqliteStore::oneFailingChangeDoesNotUndoTheOthers()
{
    for (int n = 0; n < 3; ++n)
        create(record(n));
    Shell shell(m_path);
    shell.run(
        u"CREATE TRIGGER t BEFORE UPDATE ON sessions WHEN NEW.data LIKE '%poison%' BEGIN SELECT RAISE(ROLLBACK, 'poisoned'); END"_s);
    QList<SessionEvent> events;
    must(m_store->subscribe());
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    connect(m_store.get(), &SessionStore::availabilityChanged, this, [] { QFAIL("the file is all right"); });
    shell.run(u"BEGIN IMMEDIATE"_s); // so that all three are in one batch
    Task<SessionInfo> first = m_store->update(key(0), setting("a", "1"));
    Task<SessionInfo> second = m_store->update(key(1), setting("a", R"("poison")"));
    Task<SessionInfo> third = m_store->update(key(2), setting("a", "3"));
    shell.run(u"COMMIT"_s);
    must(std::move(first));
    QVERIFY(fails(std::move(second), Error::Unavailable));
    must(std::move(third));
    QCOMPARE(attribute(key(0), "a"), "1");
    QCOMPARE(attribute(key(1), "a"), "");
    QCOMPARE(attribute(key(2), "a"), "3");
    QCOMPARE(events.size(), 2);
    must(m_store->update(key(1), setting("b", "2"))); // what was undone is forgotten
    QCOMPARE(attribute(key(1), "a"), "");
    QCOMPARE(must(m_store->load(key(1))).version, 2);
}

void TestSqliteStore::waitingChangesAreCommittedWhenTheStoreCloses()
{
    for (int n = 0; n < 100; ++n)
        create(record(n));
    must(m_store->subscribe());
    connect(m_store.get(), &SessionStore::sessionEvent, this, [] { QFAIL("a store that goes is silent"); });
    int finished = 0;
    for (int n = 0; n < 100; ++n)
        m_store->update(key(n), setting("a", "1")).then([&finished](const Result<SessionInfo> &result) {
            finished += result.has_value();
        });
    m_store.reset();
    QCOMPARE(finished, 100);
    m_store = make(m_path);
    m_store->setClock([this] { return m_now; });
    for (int n = 0; n < 100; ++n)
        QCOMPARE(attribute(key(n), "a"), "1");
}

void TestSqliteStore::tasksOfAClosedStoreFinishWithAnError()
{
    create(record(1));
    auto store = std::make_unique<SqliteStore>(m_path);
    must(store->waitFor(store->count()));
    store->setTimeout(1s);
    Shell shell(m_path);
    shell.run(u"BEGIN IMMEDIATE"_s);
    QList<Error::Code> codes;
    SqliteStore *closing = store.get();
    store->update(key(1), setting("a", "1")).then([&](const Result<SessionInfo> &result) {
        codes.append(result.error().code);
        closing->update(key(1), setting("a", "2")).then([&](const Result<SessionInfo> &late) {
            codes.append(late.error().code);
        });
    });
    store.reset();
    shell.run(u"COMMIT"_s);
    QCOMPARE(codes, (QList{Error::Unavailable, Error::Unavailable}));
    QCOMPARE(attribute(key(1), "a"), "");
}

void TestSqliteStore::changesThatWereGivenUpNeverHappen()
{
    for (int n = 0; n < 3; ++n)
        create(record(n));
    {
        Shell shell(m_path);
        shell.run(
            u"CREATE VIEW dull AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 4000000) SELECT max(i) AS i FROM n"_s);
        shell.run(u"CREATE TRIGGER t BEFORE UPDATE ON sessions WHEN NEW.data LIKE '%slow%' BEGIN SELECT i FROM dull; END"_s);
    }
    const auto timeout = m_store->timeout();
    m_store->setTimeout(160ms);
    Task<SessionInfo> slow = m_store->update(key(0), setting("a", R"("slow")"));
    Task<SessionInfo> rotated = m_store->rotate(key(1), key(9), setting("a", "1"));
    Task<SessionInfo> updated = m_store->update(key(2), setting("a", "2"));
    QVERIFY(fails(std::move(slow), Error::Timeout));
    QVERIFY(fails(std::move(rotated), Error::Timeout));
    QVERIFY(fails(std::move(updated), Error::Timeout));
    m_store->setTimeout(timeout);
    create(record(3)); // after all of them
    QVERIFY(exists(key(1)) && !exists(key(9)));
    QCOMPARE(attribute(key(0), "a"), "");
    QCOMPARE(attribute(key(1), "a"), "");
    QCOMPARE(attribute(key(2), "a"), "");
}

void TestSqliteStore::rotationTakesTheKeyOfAnExpiredSession()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), {}, 30s)); // key 1 is in grace
    m_now = must(m_store->load(key(2))).expiresAt;
    create(record(3));
    must(m_store->rotate(key(3), key(2), setting("a", "1")));
    must(m_store->rotate(key(2), key(1), {}));
    QCOMPARE(attribute(key(1), "a"), "1");
    QCOMPARE(must(m_store->count()), 1);
    QCOMPARE(must(m_store->history({})).size(), 6); // created, rotated, created, expired, rotated, rotated
}

void TestSqliteStore::versionsOutsideTheColumnAreRefused()
{
    for (const quint64 version : {quint64(0), std::numeric_limits<quint64>::max()}) {
        SessionRecord one = record(1);
        one.version = version;
        QVERIFY(fails(m_store->create(one), Error::Invalid));
    }
}

void TestSqliteStore::newestEventsAreKept()
{
    m_store = make(freshPath(), {.historyLimit = 5});
    m_store->setClock([this] { return m_now; });
    for (int n = 0; n < 300; ++n)
        create(record(n));
    const QList<SessionEvent> history = must(m_store->history({}));
    QCOMPARE(history.size(), 5);
    for (int n = 0; n < 5; ++n)
        QCOMPARE(history[n].key, key(299 - n));
    QVERIFY(Shell(m_path).run(u"SELECT count(*) FROM history"_s).toInt() < 300);
}

void TestSqliteStore::historyIsBoundedInBytes()
{
    m_store = make(freshPath(), {.historyLimit = 1'000'000});
    m_store->setClock([this] { return m_now; });
    create(record(0));
    Shell(m_path).run(
        u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " INSERT INTO history (event, key, user, at, version) SELECT 'created', 'k', printf('%1000d', i), 1, 1 FROM n"_s);
    const QString longName(MaxUserSize, u'x');
    for (int n = 1; n < 400; ++n) // it is cut every 128 events of a connection
        create(record(n, longName));
    const auto bytes = Shell(m_path).run(u"SELECT sum(length(event) + length(key) + length(user)) FROM history"_s).toLongLong();
    QVERIFY2(bytes > SessionStore::HistoryBytes / 2 && bytes <= SessionStore::HistoryBytes, qPrintable(QString::number(bytes)));
    QCOMPARE(must(m_store->history({.user = {}, .key = {}, .limit = 1})).value(0).user, longName);
}

void TestSqliteStore::countsFollowEveryProcess()
{
    // One store goes on from what it counted first, whatever the other does, even where the history has been cut meanwhile.
    m_store = make(freshPath(), {.historyLimit = 5});
    m_store->setClock([this] { return m_now; });
    const auto other = makeAnother();
    other->setClock([this] { return m_now; });
    QRandomGenerator random(5);
    int next = 1;
    create(record(0));
    for (int round = 0; round < 60; ++round) {
        for (int i = 0; i < (round == 30 ? 400 : 4); ++i) {
            SessionStore &store = random.bounded(2) ? *m_store : *other;
            const int any = int(random.bounded(next));
            switch (random.bounded(round == 30 ? 1 : 5)) {
            case 0:
            case 1:
                must(store.waitFor(store.create(record(next++, u"ann"_s))));
                break;
            case 2:
                (void)store.waitFor(store.remove(key(any), SessionStore::Removal::Destroyed));
                break;
            case 3:
                (void)store.waitFor(store.rotate(key(any), key(next++), {}, random.bounded(2) ? 30s : 0s));
                break;
            case 4:
                (void)store.waitFor(store.create(record(any), {}, SessionStore::CreateMode::Overwrite));
                break;
            }
        }
        if (round % 20 == 19) {
            m_now += 20min;
            must(other->waitFor(other->removeExpired(3)));
        }
        const qint64 living = Shell(m_path)
                                  .run(u"SELECT count(*) FROM sessions WHERE expires > ?"_s,
                                       {qint64(m_now.time_since_epoch().count())})
                                  .toLongLong();
        QCOMPARE(must(m_store->list({})).total, living);
        QCOMPARE(must(m_store->count()), living);
    }
}

void TestSqliteStore::offsetsInALongTablePassOverExpiredSessions()
{
    create(record(1)); // the file is there
    Shell shell(m_path);
    const qint64 now = m_now.time_since_epoch().count();
    shell.run(u"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 30000)"
              " INSERT INTO sessions (key, user, created, seen, expires, issued, version, rotate, attributes, size, data)"
              " SELECT printf('%042d', n) || 'A', '', now - n * 7919 % 30011, now - n * 5003 % 30011,"
              " iif(n % 10 = 0, now - 1, now + 1000 + n), now, 1, 0, 0, 0, '{}' FROM n, (SELECT ? AS now)"_s,
              {now});
    shell.run(u"DELETE FROM sessions WHERE id = 1"_s);
    for (const auto &[order, columns] :
         {std::pair(SessionQuery::ByExpiry, u"expires%1, id%1"_s), std::pair(SessionQuery::ByCreated, u"created%1, id%1"_s),
          std::pair(SessionQuery::ByLastSeen, u"seen%1, id%1"_s),
          std::pair(SessionQuery::ByUser, u"user%1, created%1, id%1"_s)}) {
        for (const bool descending : {false, true}) {
            for (const qint64 offset : {0, 9'000, 11'000, 13'000, 14'000, 20'000, 26'998}) {
                const QString sorted = columns.arg(descending ? u" DESC"_s : QString());
                const QString expected =
                    shell
                        .run(
                            u"SELECT group_concat(key) FROM (SELECT key FROM sessions WHERE expires > ? ORDER BY %1 LIMIT 3 OFFSET ?)"_s
                                .arg(sorted),
                            {now, offset})
                        .toString();
                SessionQuery query;
                query.order = order;
                query.descending = descending;
                query.offset = offset;
                query.limit = 3;
                const SessionPage page = must(m_store->list(query));
                QStringList keys;
                for (const SessionRecord &record : page.records)
                    keys.append(record.key.toString());
                QCOMPARE(keys.join(u','), expected);
                QCOMPARE(page.total, 27'000);
                QCOMPARE(page.nextCursor.isEmpty(), offset + 3 > 27'000);
            }
        }
    }
}

void TestSqliteStore::anotherProcessFindsWhatIsRecent()
{
    create(record(1));
    // Nobody else listens yet, so changes leave no trace.
    must(m_store->update(key(1), setting("a", "1")));
    const auto other = makeAnother();
    QList<SessionEvent> events;
    connect(other.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(other->waitFor(other->subscribe()));
    must(m_store->update(key(1), setting("a", "2")));
    QTRY_COMPARE(events.size(), 1);
    QCOMPARE(events[0].type, SessionEvent::Changed);
    QCOMPARE(events[0].version, 3);
    QCOMPARE(Shell(m_path).run(u"SELECT count(*) FROM changes"_s).toInt(), 1);
    QCOMPARE(Shell(m_path).run(u"SELECT typeof(origin) FROM changes"_s).toString(), u"integer"_s); // as earlier versions write it
}

void TestSqliteStore::lockedFileIsUnavailable()
{
    create(record(1));
    QList<bool> changes;
    connect(m_store.get(), &SessionStore::availabilityChanged, this, [&changes](bool available) { changes.append(available); });
    m_store->setTimeout(1s);
    {
        Shell shell(m_path);
        shell.run(u"BEGIN IMMEDIATE"_s);
        const Result<SessionInfo> updated = m_store->waitFor(m_store->update(key(1), setting("a", "1")));
        QVERIFY(!updated);
        QCOMPARE(updated.error().code, Error::Unavailable);
        QVERIFY(updated.error().text.contains("locked"_L1));
        shell.run(u"COMMIT"_s);
    }
    QCOMPARE(changes, QList{false});
    m_store->setTimeout(Timeout);
    QCOMPARE(attribute(key(1), "a"), "");
    QTRY_COMPARE(changes, (QList{false, true})); // it finds out by itself
    must(m_store->update(key(1), setting("a", "2")));
}

void TestSqliteStore::missingFolderIsUnavailableUntilItIsThere()
{
    const QString folder = m_dir.filePath(u"later"_s);
    m_store = make(folder + "/sessions.db"_L1);
    m_store->setClock([this] { return m_now; });
    const Result<SessionInfo> created = m_store->waitFor(m_store->create(record(1)));
    QVERIFY(!created);
    QCOMPARE(created.error().code, Error::Unavailable);
    QVERIFY(created.error().text.contains("folder"_L1));
    QVERIFY(fails(m_store->load(key(1)), Error::Unavailable));
    QVERIFY(fails(m_store->list({}), Error::Unavailable));
    QVERIFY(QDir().mkdir(folder));
    create(record(1));
    QVERIFY(exists(key(1)));
}

void TestSqliteStore::missingFileIsMadeOnlyWhenAllowed()
{
    const auto store = make(freshPath(), {.create = false});
    QCOMPARE(errorOf(*store, store->count()).code, Error::Unavailable);
    QVERIFY(!QFileInfo::exists(m_path));
    make(m_path)->waitFor(make(m_path)->count());
    QVERIFY(store->waitFor(store->count()).has_value());
}

void TestSqliteStore::fileThatIsNoDatabaseStaysAsItIs_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<Error::Code>("code");
    const auto database = [this](const QStringList &statements) {
        {
            Shell shell(freshPath());
            for (const QString &sql : statements)
                shell.run(sql);
        }
        return contentOf(m_path);
    };
    QTest::newRow("text") << QByteArray("These are my notes.\n").repeated(100) << Error::Corrupt;
    QTest::newRow("one byte") << QByteArray("x") << Error::Corrupt;
    QTest::newRow("another program's") << database({u"CREATE TABLE notes (text)"_s, u"INSERT INTO notes VALUES ('mine')"_s})
                                       << Error::Corrupt;
    QTest::newRow("newer format") << database({u"CREATE TABLE sessions (key)"_s, u"PRAGMA application_id = 1399810670"_s,
                                               u"PRAGMA user_version = 99"_s})
                                  << Error::Unsupported;
    for (const char *const format : {"-1", "-2147483648", "0"})
        QTest::addRow("format %s with tables", format)
            << database({u"CREATE TABLE sessions (key)"_s, u"PRAGMA application_id = 1399810670"_s,
                         u"PRAGMA user_version = "_s + QLatin1StringView(format)})
            << Error::Corrupt;
    QTest::newRow("format without tables") << database({u"PRAGMA application_id = 1399810670"_s, u"PRAGMA user_version = 4"_s})
                                           << Error::Corrupt;
}

void TestSqliteStore::fileThatIsNoDatabaseStaysAsItIs()
{
    QFETCH(QByteArray, content);
    QFETCH(Error::Code, code);
    ::write(freshPath(), content);
    {
        const auto store = make(m_path);
        const Error error = errorOf(*store, store->create(record(1)));
        QCOMPARE(error.code, code);
        QVERIFY(error.text.contains(m_path) && error.text.endsWith(u'.'));
        QCOMPARE(errorOf(*store, store->load(key(1))).code, code);
        QCOMPARE(errorOf(*store, store->list({})).code, code);
        const auto reader = make(m_path, {.readOnly = true});
        QCOMPARE(errorOf(*reader, reader->load(key(1))).code, code);
        QCOMPARE(errorOf(*reader, reader->list({})).code, code);
    }
    QCOMPARE(contentOf(m_path), content);
}

void TestSqliteStore::writeProtectedFileCanBeRead()
{
#ifdef Q_OS_UNIX
    create(record(1));
    m_store.reset();
    const QByteArray content = contentOf(m_path);
    QFile::setPermissions(m_path, QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7777)); // the -wal file lies beside it
    {
        const Unprivileged unprivileged;
        if (!unprivileged)
            QSKIP("root may write everywhere");
        const auto store = make(m_path);
        store->setClock([this] { return m_now; });
        QVERIFY(store->waitFor(store->load(key(1))).has_value());
        const Result<qint64> count = store->waitFor(store->count());
        QVERIFY(count && *count == 1);
        const Error error = errorOf(*store, store->update(key(1), setting("a", "1")));
        QCOMPARE(error.code, Error::ReadOnly);
        QVERIFY(error.text.contains("writable"_L1));
    }
    QCOMPARE(contentOf(m_path), content);
#endif
}

void TestSqliteStore::unwritableFolderIsUnavailable()
{
#ifdef Q_OS_UNIX
    const QString folder = m_dir.filePath(u"locked"_s);
    QVERIFY(QDir().mkdir(folder));
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
    {
        const Unprivileged unprivileged;
        if (!unprivileged)
            QSKIP("root may write everywhere");
        const auto store = make(folder + "/sessions.db"_L1);
        const Error error = errorOf(*store, store->count());
        QCOMPARE(error.code, Error::Unavailable);
        QVERIFY(error.text.contains("may write"_L1));
    }
#endif
}

void TestSqliteStore::fullDiskIsUnavailableUntilThereIsRoom()
{
    if (const auto exitCode = runOnSmallDisk(u"fill"_s, u"1m"_s))
        QCOMPARE(*exitCode, 0);
    else
        QSKIP("A small disk cannot be mounted here.");
}

void TestSqliteStore::sessionsCanBeEndedOnAFullDisk_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("alone") << u"end"_s;
    QTest::newRow("while somebody reads") << u"endBesideReader"_s;
    QTest::newRow("behind a link") << u"endBehindLink"_s;
}

void TestSqliteStore::sessionsCanBeEndedOnAFullDisk()
{
    QFETCH(QString, how);
    if (const auto exitCode = runOnSmallDisk(how, u"3m"_s))
        QCOMPARE(*exitCode, 0);
    else
        QSKIP("A small disk cannot be mounted here.");
}

void TestSqliteStore::folderWithoutLocksIsNamed_data()
{
    QTest::addColumn<int>("failure");
    QTest::newRow("no locks") << ENOLCK;
    QTest::newRow("not supported") << EOPNOTSUPP;
    QTest::newRow("not permitted") << EPERM;
}

void TestSqliteStore::folderWithoutLocksIsNamed()
{
#ifndef NOLOCKS_LIBRARY
    QSKIP("Locks can be made to fail on Linux only.");
#else
    QFETCH(int, failure);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(NOLOCKS_LIBRARY));
    environment.insert(u"ASAN_OPTIONS"_s, environment.value(u"ASAN_OPTIONS"_s) + ":verify_asan_link_order=0"_L1);
    environment.insert(u"NOLOCKS_ERRNO"_s, QString::number(failure));
    process.setProcessEnvironment(environment);
    runChild(process, {u"nolocks"_s, freshPath()});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()),
             u"%1 lies on a file system without locks or shared memory, as some network file systems are. "
             "Choose a folder on a local disk."_s.arg(m_path));
#endif
}

void TestSqliteStore::longRemovalsLetOthersThrough_data()
{
    QTest::addColumn<bool>("expired");
    QTest::newRow("revoked") << false;
    QTest::newRow("swept") << true;
}

void TestSqliteStore::longRemovalsLetOthersThrough()
{
    QFETCH(bool, expired);
    static constexpr int count = 20'000;
    create(record(1));
    fill(count, u"many"_s, expired ? systemNow() - 1h : systemNow() + 1h);
    must(m_store->subscribe());
    int events = 0;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) {
        events += event.type == SessionEvent::Revoked || event.type == SessionEvent::Expired;
    });

    Task<qint64> removal = expired ? m_store->removeExpired(count * 2)
                                   : m_store->removeUser(u"many"_s, {}, SessionStore::Removal::User);
    int others = 0;
    qint64 longest = 0;
    QElapsedTimer since;
    while (!removal.isFinished()) {
        since.start();
        must(m_store->update(key(1), setting("a", QByteArray::number(++others))));
        longest = std::max(longest, since.elapsed());
        QCoreApplication::processEvents();
    }
    const Result<qint64> removed = removal.takeResult();
    QVERIFY(removed);
    QCOMPARE(*removed, count);
    QCOMPARE(events, count);
    QCOMPARE(attribute(key(1), "a"), QByteArray::number(others));
    QVERIFY2(others > 20, qPrintable(u"only %1 others got through"_s.arg(others)));
    QVERIFY2(longest < 500, qPrintable(u"one waited for %1 ms"_s.arg(longest)));
    QCOMPARE(must(m_store->count()), 1);
}

void TestSqliteStore::userRemovalEndsWhatThereWasWhenItBegan()
{
    create(record(1, u"many"_s));
    fill(1000, u"many"_s);
    fill(1, u"other"_s);
    create(record(2, u"many"_s));
    Task<qint64> removal = m_store->removeUser(u"many"_s, key(2), SessionStore::Removal::User);
    create(record(3, u"many"_s)); // while it is going on
    QTRY_VERIFY(removal.isFinished());
    QCOMPARE(removal.takeResult().value_or(0), 1001);
    QVERIFY(!exists(key(1)));
    QVERIFY(exists(key(2)));
    QVERIFY(exists(key(3)));
    QCOMPARE(must(m_store->count()), 3);
}

void TestSqliteStore::userRemovalSparesALoginThatTakesAFreedRow()
{
    create(record(3));
    fill(1000, u"many"_s);
    create(record(1));
    Task<qint64> removal = m_store->removeUser(u"many"_s, {}, SessionStore::Removal::User);
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed)); // whose id is the highest
    m_now = std::max(m_now, systemNow()) + 1s;
    create(record(2, u"many"_s));
    QVERIFY(!removal.isFinished());
    QTRY_VERIFY(removal.isFinished());
    const Result<qint64> removed = removal.takeResult();
    QVERIFY2(removed, qPrintable(removed ? QString() : removed.error().text));
    QCOMPARE(*removed, 1000);
    QVERIFY(exists(key(2)));
}

void TestSqliteStore::capEndsManySessionsInSteps_data()
{
    QTest::addColumn<bool>("login");
    QTest::newRow("new session") << false;
    QTest::newRow("login") << true;
}

void TestSqliteStore::capEndsManySessionsInSteps()
{
    QFETCH(bool, login);
    create(record(1));
    create(record(2));
    fill(1000, u"many"_s);
    must(m_store->subscribe());
    int ended = 0;
    connect(m_store.get(), &SessionStore::sessionEvent, this,
            [&ended](const SessionEvent &event) { ended += event.reason == u"cap"_s; });
    const UserCap cap{.limit = 3};
    SessionChange change;
    change.user = u"many"_s;
    change.cap = cap;
    Task<SessionInfo> binding = login ? m_store->rotate(key(1), key(3), change) : m_store->create(record(3, u"many"_s), cap);
    int others = 0;
    while (!binding.isFinished()) {
        must(m_store->update(key(2), setting("a", QByteArray::number(++others))));
        QCoreApplication::processEvents();
    }
    QVERIFY(binding.takeResult().has_value());
    QVERIFY(others > 2);
    QCOMPARE(ended, 998);
    QVERIFY(exists(key(3)));
    QCOMPARE(must(m_store->list({.user = u"many"_s})).total, 3);
    QCOMPARE(must(m_store->create(record(4, u"many"_s), cap)).user, u"many"_s);
    QCOMPARE(must(m_store->list({.user = u"many"_s})).total, 3);
    QVERIFY(fails(m_store->create(record(5, u"many"_s), UserCap{.limit = 3, .policy = UserCap::Refuse}), Error::LimitReached));
}

void TestSqliteStore::fileShrinksWhenAskedTo_data()
{
    QTest::addColumn<bool>("earlier");
    QTest::newRow("new file") << false;
    QTest::newRow("file of an earlier version") << true;
}

void TestSqliteStore::fileShrinksWhenAskedTo()
{
    QFETCH(bool, earlier);
    create(record(1));
    if (earlier) {
        m_store.reset();
        Shell shell(m_path);
        shell.run(u"PRAGMA auto_vacuum = NONE"_s);
        shell.run(u"VACUUM"_s);
        QCOMPARE(shell.run(u"PRAGMA auto_vacuum"_s).toInt(), 0);
        m_store = makeAnother();
    }
    fill(5000, u"many"_s);
    QCOMPARE(must(m_store->removeUser(u"many"_s, {}, SessionStore::Removal::User)), 5000);
    const auto sizeOfAll = [this] { return QFileInfo(m_path).size() + QFileInfo(m_path + "-wal"_L1).size(); };
    const qint64 before = sizeOfAll();
    const auto other = makeAnother();
    QVERIFY(other->waitFor(other->load(key(1))).has_value());
    const qint64 freed = must(m_store->compact());
    QVERIFY(freed > 1'000'000);
    QCOMPARE(sizeOfAll(), before - freed);
    QVERIFY(QFileInfo(m_path).size() < 2'500'000); // the history is still there
    QCOMPARE(must(m_store->compact()), 0);
    QVERIFY(other->waitFor(other->update(key(1), setting("a", "1"))).has_value());
    QCOMPARE(attribute(key(1), "a"), "1");
}

void TestSqliteStore::damagedPageEndsEveryWalk_data()
{
    QTest::addColumn<int>("damage");
    QTest::newRow("zeros") << 0;
    QTest::newRow("noise") << 1;
    QTest::newRow("another page") << 2;
}

void TestSqliteStore::damagedPageEndsEveryWalk()
{
    QFETCH(int, damage);
    static constexpr int count = 150;
    static constexpr qsizetype pageSize = 4096;
    static constexpr quint32 seed = 7;
    create(record(1));
    fill(count - 1, u"many"_s);
    m_store.reset();
    const QByteArray sound = contentOf(m_path);
    const qsizetype pages = sound.size() / pageSize;
    QRandomGenerator random(seed);
    int refused = 0;
    for (qsizetype page = 1; page < pages; ++page) {
        QByteArray bad = sound;
        QByteArray content(pageSize, '\0');
        if (damage == 1)
            random.generate(reinterpret_cast<quint32 *>(content.begin()), reinterpret_cast<quint32 *>(content.end()));
        else if (damage == 2)
            content = sound.sliced((1 + random.bounded(int(pages) - 1)) * pageSize, pageSize);
        bad.replace(page * pageSize, pageSize, content);
        freshPath();
        write(m_path, bad);
        const auto store = makeAnother();
        for (const auto order :
             {SessionQuery::ByExpiry, SessionQuery::ByCreated, SessionQuery::ByLastSeen, SessionQuery::ByUser}) {
            for (const bool withData : {false, true}) {
                SessionQuery query;
                query.order = order;
                query.limit = 20;
                query.withData = withData;
                int walked = 0;
                bool isRefused = false;
                for (int step = 0;; ++step) {
                    QVERIFY2(step <= 3 * count / query.limit, qPrintable(u"page %1, order %2"_s.arg(page).arg(order)));
                    const auto list = store->waitFor(store->list(query));
                    if (!list) {
                        QVERIFY2(list.error() == Error::Corrupt, qPrintable(list.error().text));
                        ++refused;
                        isRefused = true;
                        break;
                    }
                    walked += list->records.size();
                    if (list->nextCursor.isEmpty())
                        break;
                    query.cursor = list->nextCursor;
                }
                QVERIFY(walked <= count);
                if (!withData || isRefused || walked == count)
                    continue;
                // The others are set aside, and told of.
                query = {.limit = 0, .quarantined = true};
                QCOMPARE(walked + store->waitFor(store->list(query)).value_or(SessionPage()).total, count);
            }
        }
    }
    QVERIFY(refused > 0);
}

void TestSqliteStore::indexThatLacksRowsIsDamage_data()
{
    QTest::addColumn<QString>("index");
    QTest::addColumn<QString>("columns");
    QTest::addColumn<SessionQuery::Order>("order");
    QTest::newRow("by expiry") << u"sessions_by_expiry"_s << u"expires"_s << SessionQuery::ByExpiry;
    QTest::newRow("by creation") << u"sessions_by_creation"_s << u"created"_s << SessionQuery::ByCreated;
    QTest::newRow("by use") << u"sessions_by_use"_s << u"seen"_s << SessionQuery::ByLastSeen;
    QTest::newRow("by user") << u"sessions_by_user"_s << u"user, created"_s << SessionQuery::ByUser;
}

void TestSqliteStore::indexThatLacksRowsIsDamage()
{
    QFETCH(const QString, index);
    QFETCH(const QString, columns);
    QFETCH(const SessionQuery::Order, order);
    constexpr int count = 100;
    create(record(1));
    fill(count - 1, u"many"_s);
    m_store.reset();
    qsizetype whole = 0, half = 0; // the one page of each
    {
        Shell shell(m_path);
        shell.run(u"CREATE INDEX half ON sessions (%1) WHERE id <= %2"_s.arg(columns).arg(count / 2));
        const auto pageOf = [&shell](const QString &name) {
            return shell.run(u"SELECT rootpage FROM sqlite_master WHERE name = ?"_s, {name}).toInt() - 1;
        };
        whole = pageOf(index);
        half = pageOf(u"half"_s);
    }
    constexpr qsizetype pageSize = 4096;
    const QByteArray sound = contentOf(m_path);
    QByteArray bad = sound;
    write(m_path, bad.replace(whole * pageSize, pageSize, sound.sliced(half * pageSize, pageSize)));
    m_store = makeAnother();
    for (const int limit : {20, 50, 70, 1000}) {
        SessionQuery query;
        query.order = order;
        query.limit = limit;
        query.withData = true;
        Result<SessionPage> page;
        do {
            page = m_store->waitFor(m_store->list(query));
            query.cursor = page ? page->nextCursor : QByteArray();
        } while (page && !query.cursor.isEmpty());
        QVERIFY2(!page, QByteArray::number(limit).constData());
        QVERIFY2(page.error() == Error::Corrupt, qPrintable(page.error().text));
    }
}

void TestSqliteStore::missingDriverIsUnsupported()
{
    QProcess process;
    runChild(process, {u"nodriver"_s, freshPath()});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestSqliteStore::removedFileIsUnavailableUntilItIsBack()
{
    create(record(1));
    must(m_store->subscribe());
    const auto other = makeAnother();
    QVERIFY(other->waitFor(other->load(key(1))).has_value());
    const QString backup = m_path + ".backup"_L1;
    Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    create(record(2));
    QList<bool> changes;
    connect(m_store.get(), &SessionStore::availabilityChanged, this, [&changes](bool available) { changes.append(available); });

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was removed while it was in use.*Put it back"_s));
    QVERIFY(QFile::remove(m_path));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::Unavailable)); // no wait: before a write
    for (int round = 0; round < 2; ++round) {
        QVERIFY(fails(m_store->load(key(1)), Error::Unavailable));
        QVERIFY(fails(m_store->create(record(3)), Error::Unavailable));
        QVERIFY(fails(m_store->count(), Error::Unavailable));
        QVERIFY(fails(m_store->list({}), Error::Unavailable));
        QCOMPARE(other->waitFor(other->load(key(1))).error().code, Error::Unavailable);
    }
    QVERIFY(!QFileInfo::exists(m_path));
    QCOMPARE(changes.value(0, true), false);

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"put aside"_s));
    QVERIFY(QFile::copy(backup, m_path));
    QTRY_COMPARE(changes.last(), true); // by itself
    QVERIFY(exists(key(1)));
    QVERIFY(!exists(key(2)));
    must(m_store->update(key(1), setting("a", "2")));
    QCOMPARE(other->waitFor(other->load(key(1)))->data.json("a"), "2");
    m_store.reset();
    QCOMPARE(Shell(m_path).run(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
}

void TestSqliteStore::reserveIsThereWhileTheFileIsInUse()
{
    const QString reserve = m_path + "-reserve"_L1;
    create(record(1));
    QTRY_VERIFY(QFileInfo(reserve).size() >= 256 * 1024);
    QVERIFY(!(QFileInfo(reserve).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    auto other = makeAnother();
    QVERIFY(other->waitFor(other->update(key(1), setting("a", "1"))).has_value());
    other.reset();
    QVERIFY(QFile::exists(reserve));
    m_store.reset();
    QVERIFY(!QFile::exists(reserve));
}

void TestSqliteStore::fileRemovedAfterTheLastStoreIsMadeAnew()
{
    create(record(1));
    m_store.reset();
    QVERIFY(QFile::remove(m_path));
    m_store = makeSharing();
    QCOMPARE(must(m_store->count()), 0);
}

void TestSqliteStore::replacedFileIsUsedAndTheOldLogIsNot_data()
{
    QTest::addColumn<bool>("withOwnLog");
    QTest::addColumn<bool>("linked");
    QTest::newRow("by a backup alone") << false << false;
    QTest::newRow("by a backup with its log") << true << false;
    QTest::newRow("behind a link by a backup alone") << false << true;
    QTest::newRow("behind a link by a backup with its log") << true << true;
}

void TestSqliteStore::replacedFileIsUsedAndTheOldLogIsNot()
{
    QFETCH(bool, withOwnLog);
    QFETCH(bool, linked);
    QString backup = m_path + ".backup"_L1;
    QString path = m_path;
    if (linked) {
        path = linkTo(m_path);
        m_store = make(path);
        m_store->setClock([this] { return m_now; });
    }
    for (int n = 0; n < 5; ++n)
        create(record(n));
    if (withOwnLog) {
        for (const auto suffix : {""_L1, "-wal"_L1})
            QVERIFY(QFile::copy(m_path + suffix, backup + suffix));
    } else {
        Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    }
    const auto other = make(path, {.historyLimit = 9'999});
    other->setClock([this] { return m_now; });
    for (int n = 5; n < 400; ++n)
        create(record(n, u"someone with a name that fills pages"_s));
    for (int n = 0; n < 5; ++n)
        must(m_store->update(key(n), setting("late", "1")));
    QVERIFY(other->waitFor(other->load(key(7))).has_value());

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was replaced by another file"_s));
    if (!withOwnLog)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"put aside"_s));
    for (const auto suffix : {"-wal"_L1, ""_L1}) {
        if (QFileInfo::exists(backup + suffix))
            QVERIFY(std::rename(qPrintable(backup + suffix), qPrintable(m_path + suffix)) == 0);
    }
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::Unavailable));
    must(m_store->update(key(1), setting("a", "2")));
    QCOMPARE(attribute(key(1), "a"), "2");
    QCOMPARE(attribute(key(1), "late"), "");
    QVERIFY(!exists(key(7)));
    QVERIFY(!other->waitFor(other->load(key(7))).has_value());
    QVERIFY(other->waitFor(other->load(key(1))).has_value());
    QCOMPARE(must(m_store->count()), 5);
    m_store.reset();
    Shell shell(m_path);
    QCOMPARE(shell.run(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    QCOMPARE(shell.run(u"SELECT count(*) FROM sessions"_s).toInt(), 5);
}

void TestSqliteStore::replacedFileIsNoticedWithoutTraffic()
{
    create(record(1));
    QVERIFY(exists(key(1)));
    const QString backup = m_path + ".backup"_L1;
    Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    QList<bool> changes;
    connect(m_store.get(), &SessionStore::availabilityChanged, this, [&changes](bool available) { changes.append(available); });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was replaced by another file"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"put aside"_s));
    QVERIFY(std::rename(qPrintable(backup), qPrintable(m_path)) == 0);
    QTRY_VERIFY_WITH_TIMEOUT(!changes.isEmpty(), 1000);
    QTRY_COMPARE(changes, (QList{false, true}));
    QVERIFY(exists(key(1)));
}

void TestSqliteStore::redirectedLinkIsNoticedAndLeavesTheOldFileWhole()
{
    const QString first = m_path;
    create(record(1));
    m_store.reset();
    m_store = make(freshPath());
    m_store->setClock([this] { return m_now; });
    const QString second = m_path;
    create(record(2));
    m_store.reset();
    const QString link = linkTo(first);
    m_store = make(link);
    m_store->setClock([this] { return m_now; });
    QTRY_VERIFY(QFile::exists(first + "-reserve"_L1));
    must(m_store->update(key(1), setting("a", "1")));
    const auto held = make(first); // keeps the log
    QVERIFY(held->waitFor(held->count()).has_value());

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was replaced by another file"_s));
    QVERIFY(std::rename(qPrintable(linkTo(second)), qPrintable(link)) == 0);
    QVERIFY(fails(m_store->update(key(1), setting("a", "2")), Error::Unavailable));
    QVERIFY(fails(m_store->update(key(1), setting("a", "2")), Error::NotFound));
    must(m_store->update(key(2), setting("a", "3")));
    QVERIFY(!QFile::exists(first + "-wal.old"_L1) && QFileInfo(first + "-wal"_L1).size() > 0);
    QTRY_VERIFY(QFile::exists(second + "-reserve"_L1));
    m_store.reset();
    QVERIFY(!QFile::exists(second + "-reserve"_L1));
    held->setClock([this] { return m_now; });
    QCOMPARE(must(held->waitFor(held->load(key(1)))).data.json("a"), "1");
    QCOMPARE(Shell(first).run(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    QCOMPARE(Shell(second).run(u"SELECT data FROM sessions"_s).toString(), uR"({"a":3})"_s);
}

void TestSqliteStore::linkToAMissingFileMakesIt()
{
    const QString link = linkTo(linkTo(freshPath()));
    m_store = make(link);
    m_store->setClock([this] { return m_now; });
    create(record(1));
    QVERIFY(QFileInfo::exists(m_path) && QFileInfo::exists(m_path + "-wal"_L1));
    QTRY_VERIFY(QFileInfo::exists(m_path + "-reserve"_L1));
    QVERIFY(QFileInfo(link).isSymLink());
    m_store.reset();
    const QStringList links = QDir(QFileInfo(link).path()).entryList({u"*.db-*"_s}, QDir::Files);
    QVERIFY2(links.isEmpty(), qPrintable(links.join(u' ')));
}

void TestSqliteStore::listenerHearsOfWhatItMissed_data()
{
    QTest::addColumn<QString>("mishap");
    QTest::newRow("nobody wrote for it") << u"DELETE FROM subscribers"_s;
    QTest::newRow("trimmed") << u"INSERT INTO history (seq, event, key, user, at, version, origin)"
                                " SELECT max(seq) + 5, event, key, user, at, version, 1 FROM history"_s;
}

void TestSqliteStore::listenerHearsOfWhatItMissed()
{
    QFETCH(QString, mishap);
    create(record(1));
    const auto other = makeAnother();
    QSignalSpy lost(other.get(), &SessionStore::eventsLost);
    must(other->waitFor(other->subscribe()));
    Shell(m_path).run(mishap);
    must(other->waitFor(other->subscribe())); // as it does by itself, now and then
    QTRY_COMPARE(lost.size(), 1);
}

void TestSqliteStore::thousandsOfEventsAtOnceAreTold()
{
    create(record(1));
    const auto other = makeAnother();
    QSignalSpy events(other.get(), &SessionStore::sessionEvent);
    must(other->waitFor(other->subscribe()));
    Shell(m_path).run(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                      " INSERT INTO history (seq, event, key, user, at, version, origin)"
                      " SELECT seq + i, event, key, user, at, version, 1 FROM n, (SELECT *, max(seq) FROM history)"_s);
    QTRY_COMPARE(events.size(), 2500);
}

void TestSqliteStore::newsForOthersAreKeptInMeasure()
{
    create(record(1));
    const auto other = makeAnother();
    must(other->waitFor(other->subscribe()));
    Shell shell(m_path);
    for (const int seq : {1, 30'000})
        shell.run(u"INSERT INTO changes (seq, after, event, key, user, at, version, origin)"
                  " VALUES (?, 1, 'touched', ?, '', 1, 1, 1)"_s,
                  {seq, key(1).toString()});
    const auto oldest = [&shell] { return shell.run(u"SELECT min(seq) FROM changes"_s).toInt(); };
    for (int n = 0; n < 1000 && oldest() == 1; ++n) // now and then, and again where that was undone
        must(m_store->update(key(1), setting("n", QByteArray::number(n))));
    QCOMPARE(oldest(), 30'000);
}

void TestSqliteStore::sweepForgetsOldKeys()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change()));
    must(m_store->rotate(key(2), key(3), change(), 30s)); // renewed
    const auto kept = [this](const QString &table) { return Shell(m_path).run(u"SELECT count(*) FROM "_s + table).toInt(); };
    QCOMPARE(kept(u"replaced"_s), 1);
    QCOMPARE(kept(u"graces"_s), 1);
    m_now += 2 * SessionStore::ReplacedKept;
    QCOMPARE(must(m_store->removeExpired(100)), 0);
    QVERIFY(exists(key(3)));
    QCOMPARE(kept(u"replaced"_s), 0);
    QCOMPARE(kept(u"graces"_s), 0);
}

void TestSqliteStore::listenersGoOnInAReplacedFile_data()
{
    QTest::addColumn<bool>("sharing");
    QTest::newRow("another process") << false;
    QTest::newRow("another store of this one") << true;
}

void TestSqliteStore::listenersGoOnInAReplacedFile()
{
    QFETCH(bool, sharing);
    create(record(1));
    const QString backup = m_path + ".backup"_L1;
    Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    const auto other = sharing ? std::shared_ptr<SessionStore>(makeSharing()) : makeAnother();
    QList<SessionEvent> events;
    int lost = 0;
    connect(other.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    connect(other.get(), &SessionStore::eventsLost, this, [&lost] { ++lost; });
    must(other->waitFor(other->subscribe()));
    for (int n = 2; n < 10; ++n)
        create(record(n));
    QTRY_COMPARE(events.size(), 8);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was replaced by another file"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"put aside"_s));
    QVERIFY(std::rename(qPrintable(backup), qPrintable(m_path)) == 0);
    QTRY_COMPARE(lost, 1);
    create(record(10));
    QTRY_COMPARE(events.size(), 9);
    QCOMPARE(events.last().key, key(10));
}

void TestSqliteStore::readOnlyStoreWritesNothing_data()
{
    QTest::addColumn<bool>("running");
    QTest::addColumn<bool>("leftLog");
    QTest::addColumn<bool>("leftIndex");
    QTest::addColumn<bool>("linked");
    for (const bool linked : {false, true}) {
        const char *const how = linked ? "link to a " : "";
        QTest::addRow("%sfile alone", how) << false << false << false << linked;
        QTest::addRow("%sfile with the log of a killed program", how) << false << true << true << linked;
        QTest::addRow("%sfile with a log alone", how) << false << true << false << linked;
        QTest::addRow("%sfile that a program uses", how) << true << true << true << linked;
    }
}

void TestSqliteStore::readOnlyStoreWritesNothing()
{
    QFETCH(bool, running);
    QFETCH(bool, leftLog);
    QFETCH(bool, leftIndex);
    QFETCH(bool, linked);
    for (int n = 0; n < 5; ++n)
        create(record(n, u"ann"_s));
    damage(key(4), "{\"a\":");
    const QString folder = m_dir.filePath(u"ro%1"_s.arg(++m_files));
    QVERIFY(QDir().mkdir(folder));
    QString path = folder + "/s.db"_L1;
    std::shared_ptr<SqliteStore> writer;
    if (running) {
        Shell(m_path).run(u"VACUUM INTO ?"_s, {path});
        writer = make(path);
        must(writer->waitFor(writer->create(record(9))));
        must(writer->waitFor(writer->remove(key(9), SessionStore::Removal::Destroyed)));
    } else if (leftLog) {
        QVERIFY(QFile::copy(m_path, path) && QFile::copy(m_path + "-wal"_L1, path + "-wal"_L1));
        if (leftIndex)
            QVERIFY(QFile::copy(m_path + "-shm"_L1, path + "-shm"_L1));
    } else {
        m_store.reset();
        QVERIFY(QFile::copy(m_path, path));
    }
    if (linked)
        path = linkTo(path);
    const auto look = [&folder, running] {
        QMap<QString, QByteArray> files;
        for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files))
            files.insert(file.fileName() + file.lastModified().toString(Qt::ISODateWithMs), contentOf(file.filePath()));
        if (running) // within one process SQLite has one index of the log, where it notes who reads
            files.removeIf([](const auto &entry) { return entry.key().contains("-shm"_L1); });
        return files;
    };
    const auto before = look();
    const auto use = [&] {
        SqliteStore store(path, {.readOnly = true});
        store.setClock([this] { return m_now; });
        QVERIFY(store.isReadOnly());
        QCOMPARE(must(store.waitFor(store.load(key(1)))).user, u"ann"_s);
        QCOMPARE(errorOf(store, store.load(key(4))).code, Error::NotFound);
        QCOMPARE(errorOf(store, store.load(key(5))).code, Error::NotFound);
        QCOMPARE(must(store.waitFor(store.count())), 5);
        SessionQuery withData;
        withData.withData = true;
        QCOMPARE(must(store.waitFor(store.list(withData))).records.size(), 4);
        QVERIFY(must(store.waitFor(store.history({}))).size() >= 5);
        must(store.waitFor(store.subscribe()));
        QCOMPARE(errorOf(store, store.update(key(1), setting("a", "1"))).code, Error::ReadOnly);
        QCOMPARE(errorOf(store, store.removeExpired(5)).code, Error::ReadOnly);
        QTest::qWait(50);
    };
    use();
    QCOMPARE(look().keys(), before.keys());
    QVERIFY(look() == before);
#ifdef Q_OS_UNIX
    if (!running) { // what this user may only read
        for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files))
            QFile::setPermissions(file.filePath(), QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
        QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7777));
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther
                                          | QFile::ExeOther);
        const Unprivileged unprivileged;
        if (unprivileged)
            use();
    }
#endif
}

void TestSqliteStore::readOnlyStoreSeesWhatOthersWrite()
{
    create(record(1));
    m_store.reset(); // so that there is no log
    SqliteStore reader(m_path, {.readOnly = true});
    reader.setClock([this] { return m_now; });
    must(reader.waitFor(reader.load(key(1))));
    int told = 0;
    connect(&reader, &SessionStore::eventsLost, this, [&told] { ++told; });
    must(reader.waitFor(reader.subscribe()));
    m_store = make(m_path);
    m_store->setClock([this] { return m_now; });
    for (int n = 2; n < 30; ++n) {
        create(record(n));
        QCOMPARE(must(reader.waitFor(reader.load(key(n)))).key, key(n));
        QCOMPARE(must(reader.waitFor(reader.count())), n);
        if (n % 10 == 0) {
            m_store.reset();
            QCOMPARE(must(reader.waitFor(reader.load(key(n)))).key, key(n));
            m_store = make(m_path);
            m_store->setClock([this] { return m_now; });
        }
    }
    QTRY_VERIFY(told > 0);
    told = 0;
    must(m_store->update(key(1), setting("a", "1")));
    QCOMPARE(must(reader.waitFor(reader.load(key(1)))).data.json("a"), "1");
    QTRY_VERIFY(told > 0); // nobody who may write listens, so that there is no event of that
}

void TestSqliteStore::readOnlyStoreShowsNothingThatWasNeverCommitted()
{
    create(record(1, u"ann"_s));
    fill(1000, u"ann"_s);
    const QString backup = m_path + ".backup"_L1;
    Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    const QString killed = m_path + ".killed"_L1;
    {
        Shell shell(backup);
        shell.run(u"PRAGMA cache_size = 5"_s); // so that the file is written to before the commit
        shell.run(u"BEGIN"_s);
        shell.run(u"UPDATE sessions SET user = 'bob'"_s);
        for (const auto suffix : {""_L1, "-journal"_L1})
            QVERIFY(QFile::copy(backup + suffix, killed + suffix));
        shell.run(u"ROLLBACK"_s);
    }
    QVERIFY(contentOf(killed).contains("bob") && !contentOf(killed + "-journal"_L1).isEmpty());
    const QByteArray content = contentOf(killed);
    for (const QString &path : {killed, linkTo(killed)}) {
        SqliteStore store(path, {.readOnly = true});
        store.setClock([this] { return m_now; });
        QCOMPARE(must(store.waitFor(store.load(key(1)))).user, u"ann"_s);
        QCOMPARE(must(store.waitFor(store.list({.user = u"ann"_s}))).total, 1001);
        QCOMPARE(must(store.waitFor(store.list({.user = u"bob"_s}))).total, 0);
    }
    QCOMPARE(contentOf(killed), content);
    QVERIFY(QFile::exists(killed + "-journal"_L1));
}

void TestSqliteStore::restoredBackupIsWrittenThroughALogAgain()
{
    create(record(1));
    const QString backup = m_path + ".backup"_L1;
    Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    QCOMPARE(Shell(backup).run(u"PRAGMA journal_mode"_s).toString(), u"delete"_s);
    const QString again = backup + ".again"_L1;
    QVERIFY(QFile::copy(backup, again));
    m_store = make(backup);
    m_store->setClock([this] { return m_now; });
    QVERIFY(exists(key(1)));
    must(m_store->update(key(1), setting("a", "1")));
    QVERIFY(QFileInfo(backup + "-wal"_L1).size() > 0);
    QCOMPARE(Shell(backup).run(u"PRAGMA journal_mode"_s).toString(), u"wal"_s);

    QVERIFY(std::rename(qPrintable(backup), qPrintable(m_path)) == 0); // out of the way
    QVERIFY(QFile::copy(again, backup));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"was replaced by another file"_s));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"put aside"_s));
    QVERIFY(fails(m_store->update(key(1), setting("a", "2")), Error::Unavailable));
    must(m_store->update(key(1), setting("b", "1")));
    QCOMPARE(attribute(key(1), "a"), "");
    m_store.reset();
    QCOMPARE(Shell(backup).run(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
}

void TestSqliteStore::writeProtectedBackupCanBeRead()
{
#ifdef Q_OS_UNIX
    create(record(1));
    const QString backup = m_path + ".backup"_L1;
    Shell(m_path).run(u"VACUUM INTO ?"_s, {backup});
    QFile::setPermissions(backup, QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther);
    QFile::setPermissions(m_dir.path(), QFile::Permissions(0x7777));
    const Unprivileged unprivileged;
    if (!unprivileged)
        QSKIP("root may write everywhere");
    const auto store = make(backup);
    store->setClock([this] { return m_now; });
    QVERIFY(store->waitFor(store->load(key(1))).has_value());
    QCOMPARE(store->waitFor(store->count()).value_or(0), 1);
    QCOMPARE(errorOf(*store, store->update(key(1), setting("a", "1"))).code, Error::ReadOnly);
#endif
}

void TestSqliteStore::readOnlyStoreReadsAnEarlierFormat()
{
    for (const int format : {1, 2, 3, 4}) {
        {
            Shell shell(freshPath());
            for (const QByteArray &statement : contentOf(QStringLiteral(FORMAT_FILES).arg(format)).split(';')) {
                if (!statement.trimmed().isEmpty())
                    shell.run(QString::fromUtf8(statement));
            }
        }
        const QByteArray content = contentOf(m_path);
        m_now = toTimePoint(QDateTime::fromSecsSinceEpoch(1'704'067'200));
        SqliteStore store(m_path, {.readOnly = true});
        store.setClock([this] { return m_now; });
        QCOMPARE(must(store.waitFor(store.load(key(1)))).user, u"ann"_s);
        QCOMPARE(must(store.waitFor(store.count())), 2);
        QCOMPARE(contentOf(m_path), content);
    }
}

void TestSqliteStore::earlierFormatKeepsItsSessions_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("1") << 1;
    QTest::newRow("2") << 2;
    QTest::newRow("3") << 3;
    QTest::newRow("4") << 4; // that of 0.1
}

void TestSqliteStore::earlierFormatKeepsItsSessions()
{
    QFETCH(int, format);
    {
        Shell shell(freshPath());
        for (const QByteArray &statement : contentOf(QStringLiteral(FORMAT_FILES).arg(format)).split(';')) {
            if (!statement.trimmed().isEmpty())
                shell.run(QString::fromUtf8(statement));
        }
    }
    m_now = toTimePoint(QDateTime::fromSecsSinceEpoch(1'704'067'200));
    m_store = make(m_path);
    m_store->setClock([this] { return m_now; });
    const SessionRecord anns = must(m_store->load(key(1)));
    QCOMPARE(anns.user, u"ann"_s);
    QCOMPARE(anns.version, 3);
    QCOMPARE(anns.data.json("visits"), "3");
    QCOMPARE(anns.data.json("cart"), R"(["tea"])");
    QCOMPARE(anns.flash, R"(["hello"])");
    QCOMPARE(anns.csrfSecret.toHex(), "000102030405060708090a0b0c0d0e0f");
    QCOMPARE(must(m_store->load(key(3))).key, key(1)); // still in its grace time
    const SessionRecord other = must(m_store->load(key(2)));
    QVERIFY(other.user.isNull() && other.rotateRequested && other.absoluteExpiresAt);
    QCOMPARE(other.expiry, Expiry::onInactivity(60s));
    QCOMPARE(must(m_store->history({})).size(), 1);

    QCOMPARE(anns.visitFacts().address, format < 4 ? QString() : u"192.0.2.7"_s);
    if (format >= 4)
        QVERIFY(fails(m_store->load(*SessionKey::fromString(u"ffWg57CqH847os1OSIg7DJCopiBzZAp7FMkdCfQnpsc"_s)), Error::Replaced));
    SessionChange visited = setting("visits", "4");
    visited.visit = VisitFacts{.address = u"::1"_s}.toText();
    QCOMPARE(must(m_store->update(key(1), visited)).visitFacts().address, u"::1"_s);
    const auto another = makeAnother();
    QList<SessionEvent> events;
    connect(another.get(), &SessionStore::sessionEvent, this, [&events](const SessionEvent &event) { events.append(event); });
    must(another->waitFor(another->subscribe()));
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    QTRY_COMPARE(events.size(), 1);
    create(record(5));
    must(m_store->rotate(key(5), key(6), {}));
    QVERIFY(fails(m_store->load(key(5)), Error::Replaced));
}

void TestSqliteStore::replacedKeyIsKnownAfterARestart()
{
    create(record(1, u"ann"_s));
    must(m_store->rotate(key(1), key(2), change(), 30s));
    must(m_store->rotate(key(2), key(3), change()));
    create(record(4));
    must(m_store->rotate(key(4), key(5), change(), 30s));
    must(m_store->update(key(5), binding(u"bob"_s)));
    must(m_store->remove(key(3), SessionStore::Removal::Destroyed));
    m_store.reset();
    m_store = make(m_path);
    m_store->setClock([this] { return m_now; });
    for (const int n : {1, 2, 4}) {
        QVERIFY(fails(m_store->load(key(n)), Error::Replaced));
        QVERIFY(fails(m_store->update(key(n), setting("a", "1")), Error::NotFound));
    }
    QVERIFY(fails(m_store->load(key(3)), Error::NotFound));
    create(record(1)); // an import may bring it back
    QVERIFY(exists(key(1)));
    must(m_store->remove(key(1), SessionStore::Removal::Destroyed));
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
}

void TestSqliteStore::replacedKeysAreForgottenInTime()
{
    create(record(1));
    must(m_store->rotate(key(1), key(2), change()));
    m_now += SessionStore::ReplacedKept - 1ms;
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    must(m_store->removeExpired(10));
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    m_now += 1ms;
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    must(m_store->removeExpired(10));
    m_now -= 1ms; // as the clock of another process, which is behind: who sweeps forgets nothing for that one
    QVERIFY(fails(m_store->load(key(1)), Error::Replaced));
    m_now += SessionStore::ReplacedKept + 1ms;
    must(m_store->removeExpired(10));
    QCOMPARE(Shell(m_path).run(u"SELECT count(*) FROM replaced"_s).toInt(), 0);
}

void TestSqliteStore::newerRowIsUnsupportedAndStays()
{
    create(record(1, u"ann"_s));
    create(record(2, u"ann"_s));
    Shell shell(m_path);
    shell.run(u"UPDATE sessions SET format = 2, data = 'x' WHERE key = ?"_s, {key(1).toString()});
    QVERIFY(fails(m_store->load(key(1)), Error::Unsupported));
    QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::Unsupported));
    QVERIFY(fails(m_store->rotate(key(1), key(3), change()), Error::Unsupported));
    QVERIFY(fails(m_store->create(record(1)), Error::Unsupported));
    QCOMPARE(keysOf(u"ann"_s).size(), 2);
    SessionQuery withData;
    withData.withData = true;
    QVERIFY(fails(m_store->list(withData), Error::Unsupported));
    must(m_store->update(key(2), setting("a", "1")));
    QCOMPARE(shell.run(u"SELECT data FROM sessions WHERE format = 2"_s).toString(), u"x"_s);
    QCOMPARE(shell.run(u"SELECT count(*) FROM quarantined"_s).toInt(), 0);
    QCOMPARE(must(m_store->removeUser(u"ann"_s, {}, SessionStore::Removal::Admin)), 2); // whose it is can be read
}

void TestSqliteStore::impossibleFormatIsNoticedWhileOpen()
{
    create(record(1));
    QVERIFY(exists(key(1)));
    Shell shell(m_path);
    const int format = shell.run(u"PRAGMA user_version"_s).toInt();
    for (const int impossible : {-1, std::numeric_limits<int>::min(), 0}) {
        shell.run(u"PRAGMA user_version = %1"_s.arg(impossible));
        for (int round = 0; round < 2; ++round) {
            QVERIFY(fails(m_store->load(key(1)), Error::Corrupt));
            const Error error = errorOf(*m_store, m_store->update(key(1), setting("a", "1")));
            QCOMPARE(error.code, Error::Corrupt);
            QVERIFY(error.text.contains("is damaged. Restore it"_L1));
            QVERIFY(fails(m_store->list({}), Error::Corrupt));
        }
        shell.run(u"PRAGMA user_version = %1"_s.arg(format));
        must(m_store->update(key(1), setting("a", "2")));
    }
}

void TestSqliteStore::newerFormatIsNoticedWhileOpen()
{
    create(record(1));
    QVERIFY(exists(key(1)));
    Shell shell(m_path);
    const int format = shell.run(u"PRAGMA user_version"_s).toInt();
    shell.run(u"PRAGMA user_version = 99"_s);
    for (int round = 0; round < 2; ++round) {
        QVERIFY(fails(m_store->load(key(1)), Error::Unsupported));
        QVERIFY(fails(m_store->update(key(1), setting("a", "1")), Error::Unsupported));
        QVERIFY(fails(m_store->create(record(2)), Error::Unsupported));
        QVERIFY(fails(m_store->list({}), Error::Unsupported));
        QVERIFY(fails(m_store->count(), Error::Unsupported));
    }
    QCOMPARE(shell.run(u"SELECT count(*) FROM sessions"_s).toInt(), 1);
    QCOMPARE(shell.run(u"SELECT count(*) FROM quarantined"_s).toInt(), 0);
    shell.run(u"PRAGMA user_version = %1"_s.arg(format));
    QVERIFY(exists(key(1)));
    must(m_store->update(key(1), setting("a", "1")));
}

void TestSqliteStore::damagedColumnsAreSetAside_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QVariant>("value");
    for (const char *column : {"created", "seen", "expires", "absolute", "issued", "version", "rotate", "attributes", "size"})
        QTest::newRow(column) << QString::fromLatin1(column) << QVariant(u"tomorrow"_s);
    QTest::newRow("version 0") << u"version"_s << QVariant(0);
    QTest::newRow("key") << u"key"_s << QVariant(u"me"_s);
    QTest::newRow("expiry") << u"expiry"_s << QVariant(u"{\"idle\":"_s);
}

void TestSqliteStore::damagedColumnsAreSetAside()
{
    QFETCH(QString, column);
    QFETCH(QVariant, value);
    create(record(1));
    create(record(2));
    Shell(m_path).run(u"UPDATE sessions SET %1 = ? WHERE key = ?"_s.arg(column), {value, key(1).toString()});
    QCOMPARE(keysOf(must(m_store->list({}))), QList{key(2)});
    QVERIFY(fails(m_store->load(key(1)), Error::NotFound));
    SessionQuery aside;
    aside.quarantined = true;
    QTRY_COMPARE(must(m_store->list(aside)).total, 1);
    QCOMPARE(must(m_store->list({})).total, 1);
    QCOMPARE(must(m_store->history({})).first().type, SessionEvent::Quarantined);
    must(m_store->removeExpired(10));
}

void TestSqliteStore::editedJsonIsReadInAnySpelling_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("a");
    QTest::newRow("spaces") << QByteArray("{ \"a\" : [ 1 , 2 ] }\n") << QByteArray("[1,2]");
    QTest::newRow("escaped name") << QByteArray(R"({"\u0061":1})") << QByteArray("1");
    QTest::newRow("twice") << QByteArray(R"({"a":1,"a":2})") << QByteArray("2");
    QTest::newRow("more") << QByteArray(R"({"b":null,"a":{"x":{}},"c":-0.5e3})") << QByteArray(R"({"x":{}})");
}

void TestSqliteStore::editedJsonIsReadInAnySpelling()
{
    QFETCH(QByteArray, text);
    create(record(1));
    damage(key(1), text);
    QTEST(attribute(key(1), "a"), "a");
}

void TestSqliteStore::randomBytesAreReadAsQtReadsThemOrSetAside()
{
    QLoggingCategory::setFilterRules(u"sojourn.sqlite=false"_s);
    QRandomGenerator random(4);
    const QByteArray valid = R"({"a":[1,-2.5e+3,"x\n\u00e9",{"b":null}],"ü":true,"c":"\\\"","d":0})";
    for (int n = 0; n < 400; ++n) {
        QByteArray text = valid;
        for (int changes = random.bounded(1, 4); changes > 0; --changes) {
            const int at = random.bounded(int(text.size()));
            if (random.bounded(2))
                text[at] = char(random.bounded(n % 2 ? 256 : 128));
            else
                text.remove(at, random.bounded(1, 3));
        }
        create(record(n));
        damage(key(n), text);
        const Result<SessionRecord> loaded = m_store->waitFor(m_store->load(key(n)));
        const QJsonDocument expected = QJsonDocument::fromJson(text);
        if (loaded)
            QVERIFY2(loaded->data.toJson() == expected.object(), text.constData());
        else
            QVERIFY2(loaded.error() == Error::NotFound && !expected.isObject(), text.constData());
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().value(1) == "child"_L1)
        return TestSqliteStore::child(app.arguments().mid(2));
    TestSqliteStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sqlitestore.moc"
