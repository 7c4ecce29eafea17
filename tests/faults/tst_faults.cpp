// SPDX-License-Identifier: MIT

// What becomes of a request when something breaks at each of its steps: on each store, over both front ends. Whatever breaks, a
// change that was answered with 200 is there, an ended session stays ended, nobody gets a stranger's session, nothing hangs, and
// service resumes by itself.
//
// SOJOURN_FAULT_TABLE  tries every kind of request, not only a write, and writes what it saw to this file (./dev faults)
// SOJOURN_FAULT_PLACES  only these, such as "Redis,Cluster"

#include "application.h"
#include "place.h"

#include <httpclient.h>

#include <QtCore/QFile>
#include <QtCore/QLoggingCategory>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

constexpr std::array Steps = {Step::BeforeLoad, Step::DuringLoad, Step::InHandler,
                              Step::BeforeSave, Step::DuringSave, Step::AfterAnswer};
constexpr std::array FrontEnds = {"routes", "hooks"};
const QString ClientLeaves = u"client leaves"_s, ProcessKilled = u"process killed"_s;

/// One request of ann's, who is logged in and has written once, as has bob.
struct Trial
{
    const Place &place;
    const Fault &fault;
    QByteArray request, frontEnd;
    Step step;

    QByteArray path(const QByteArray &what) const { return '/' + frontEnd + '/' + what; }
};

/// What came of it.
struct Outcome
{
    int status = 0; ///< 0: no answer
    bool hung = false;
    QByteArray cookieBefore, cookieAfter, bobsCookie; ///< as in the browsers
};

/// What the visitor's cookie is after a response.
QByteArray cookieAfter(const QByteArray &before, const HttpResponse &response)
{
    const QByteArray cookie = response.cookie();
    return cookie.isNull() ? before : cookie.isEmpty() ? QByteArray() : "id=" + cookie;
}

Outcome begun(const Trial &trial, quint16 port)
{
    const auto loggedIn = [&](const QByteArray &login) {
        QByteArray cookie;
        const auto succeeds = [&] { // a busy machine may take longer than an operation may
            HttpClient client(port);
            cookie = cookieAfter({}, client.get(trial.path(login)));
            const HttpResponse written = client.get(trial.path("write"), cookie);
            cookie = cookieAfter(cookie, written);
            return written.status == 200 && !written.body.startsWith(' ');
        };
        HttpClient::waitUntil(succeeds, 10'000);
        return cookie;
    };
    Outcome outcome;
    outcome.cookieBefore = outcome.cookieAfter = loggedIn("login");
    outcome.bobsCookie = loggedIn("login-bob");
    return outcome;
}

void receive(HttpClient &client, Outcome &outcome)
{
    const HttpResponse response = client.read(6000);
    outcome.status = response.status;
    outcome.hung = response.status == 0 && client.socket().state() == QAbstractSocket::ConnectedState;
    outcome.cookieAfter = cookieAfter(outcome.cookieBefore, response);
}

/// What a visitor sees once there is service.
QByteArray look(const Trial &trial, quint16 port, const QByteArray &cookie)
{
    QByteArray seen = "no service";
    QDeadlineTimer deadline(10'000);
    while (!deadline.hasExpired()) {
        const HttpResponse response = HttpClient(port).get(trial.path("look"), cookie);
        if (response.status == 200)
            return response.body;
        HttpClient::waitUntil([] { return false; }, 20);
    }
    return seen;
}

/// In words what became of the session, and a complaint if that must not be.
std::pair<QString, QString> judged(const Trial &trial, const Outcome &outcome, quint16 port)
{
    const QByteArray ann = look(trial, port, outcome.cookieAfter), bob = look(trial, port, outcome.bobsCookie);
    const bool changesId = outcome.cookieBefore != outcome.cookieAfter;
    const QByteArray old = changesId || trial.request == "logout" ? look(trial, port, outcome.cookieBefore) : QByteArray();
    const bool mayEnd = trial.fault.losesSessions || (trial.fault.name == ProcessKilled && !trial.place.outlivesProcess);
    // An answer that did not come may have held the new id: where the server went on, or died in the middle of the save.
    const bool mayLoseId = trial.fault.name == ClientLeaves || trial.step >= Step::DuringSave;
    const bool isDone = outcome.status == 200, isGone = ann == " 0";
    QString became, complaint;
    const auto complain = [&](const QString &text) { complaint += complaint.isEmpty() ? text : u"; "_s + text; };
    if (outcome.hung)
        complain(u"no answer, and the connection stays open"_s);
    if (mayEnd && ann != "ann 1" && ann != "ann 2") { // and the request may have begun another one
        became = isGone ? u"ended"_s : u"new session"_s;
    } else if (trial.request == "write") {
        became = ann == "ann 2" ? u"saved"_s : ann == "ann 1" ? u"not saved"_s : isGone ? u"ended"_s : QString::fromUtf8(ann);
        if (isDone && ann != "ann 2")
            complain(u"a change that was answered with 200 is lost"_s);
        if (ann != "ann 1" && ann != "ann 2")
            complain(u"ann sees \"%1\""_s.arg(QString::fromUtf8(ann)));
    } else if (trial.request == "login") {
        became = isGone ? u"id lost"_s : changesId ? u"new id"_s : u"old id"_s;
        if (isDone ? ann != "ann 1" || !changesId : ann != "ann 1" && !(isGone && mayLoseId))
            complain(u"ann sees \"%1\""_s.arg(QString::fromUtf8(ann)));
        if (isDone && old != " 0" && !mayEnd)
            complain(u"the old id lives"_s);
    } else {
        became = old == " 0" ? u"ended"_s : u"goes on"_s;
        // Where the session was over when the request looked for it, there was none to end.
        if (isDone && old != " 0" && !(mayEnd && trial.step <= Step::DuringLoad))
            complain(u"an ended session lives"_s);
        if (old != " 0" && old != "ann 1")
            complain(u"ann sees \"%1\""_s.arg(QString::fromUtf8(old)));
    }
    if (bob != "bob 1" && !(bob == " 0" && mayEnd))
        complain(u"bob sees \"%1\""_s.arg(QString::fromUtf8(bob)));
    return {(outcome.status ? QString::number(outcome.status) : u"–"_s) + u' ' + became, complaint};
}

/// The fault comes in the server of this process, which goes on.
std::pair<QString, QString> tried(const Trial &trial)
{
    Application application(trial.place.open());
    Outcome outcome = begun(trial, application.port());
    HttpClient client(application.port());
    bool begins = false;
    application.at = [&](Step step) {
        if (step != trial.step || std::exchange(begins, true))
            return;
        if (trial.fault.name == ClientLeaves)
            client.abort();
        else
            trial.fault.begin();
    };
    client.send(HttpClient::message("GET", trial.path(trial.request), outcome.cookieBefore));
    receive(client, outcome);
    application.at(Step::AfterAnswer);
    if (trial.fault.name == ClientLeaves)
        HttpClient::waitUntil([] { return false; }, 20); // the server works on
    else
        trial.fault.end();
    application.at = [](Step) { };
    return judged(trial, outcome, application.port());
}

/// The server is a process of its own, which is killed; another one takes its place.
std::pair<QString, QString> triedWithKilledProcess(const Trial &trial)
{
    const auto start = [&](QProcess &process) {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {u"serve"_s, trial.place.address, QString::number(int(trial.step))});
        process.waitForReadyRead();
        return process.readLine().trimmed().toUShort();
    };
    const auto end = [](QProcess &process) {
        process.kill();
        process.waitForFinished();
    };
    QProcess first, second;
    Outcome outcome;
    {
        const quint16 port = start(first);
        outcome = begun(trial, port);
        HttpClient client(port);
        client.get("/arm");
        client.send(HttpClient::message("GET", trial.path(trial.request), outcome.cookieBefore));
        receive(client, outcome);
    }
    end(first);
    const auto result = judged(trial, outcome, start(second));
    end(second);
    return result;
}

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT

public:
    explicit TestFaults(const QString &smallDisk) : m_smallDisk(smallDisk) { }

private Q_SLOTS:
    void initTestCase();
    void everyFaultEndsWell_data();
    void everyFaultEndsWell();
    void cleanupTestCase();

private:
    QString section(const Place &place, const QString &request) const;

    const QString m_smallDisk;
    const QString m_tablePath = qEnvironmentVariable("SOJOURN_FAULT_TABLE");
    QTemporaryDir m_folder;
    std::vector<Place> m_places;
    QStringList m_requests = {u"write"_s};
    QMap<QString, QStringList> m_rows; // by place, request and fault: a cell a step
};

void TestFaults::initTestCase()
{
    QLoggingCategory::setFilterRules(u"sojourn.*=false"_s);
    if (!m_tablePath.isEmpty())
        m_requests += {u"login"_s, u"logout"_s};
    const QStringList wanted = qEnvironmentVariable("SOJOURN_FAULT_PLACES").split(u',', Qt::SkipEmptyParts);
    m_places = allPlaces(m_smallDisk.isEmpty() ? m_folder.path() : m_smallDisk, !m_smallDisk.isEmpty(),
                         [&](const QString &name) { return wanted.isEmpty() || wanted.contains(name); });
    for (Place &place : m_places) {
        place.faults.insert(place.faults.begin(), {{ClientLeaves, {}, {}}, {ProcessKilled, {}, {}}});
    }
}

void TestFaults::everyFaultEndsWell_data()
{
    QTest::addColumn<int>("place");
    QTest::addColumn<int>("fault");
    QTest::addColumn<QString>("request");
    for (size_t i = 0; i < m_places.size(); ++i) {
        for (const QString &request : m_requests) {
            for (size_t f = 0; f < m_places[i].faults.size(); ++f) {
                QTest::addRow("%s, %s, %s", qPrintable(m_places[i].name), qPrintable(request),
                              qPrintable(m_places[i].faults[f].name))
                    << int(i) << int(f) << request;
            }
        }
    }
}

void TestFaults::everyFaultEndsWell()
{
    QFETCH(const int, place);
    QFETCH(const int, fault);
    QFETCH(const QString, request);
    const Place &where = m_places[size_t(place)];
    const Fault &what = where.faults[size_t(fault)];
    QStringList complaints, cells;
    for (const Step step : Steps) {
        const bool isQuick = what.isCostly && m_tablePath.isEmpty();
        if (isQuick && step != Step::DuringSave)
            continue;
        QStringList texts;
        for (const char *frontEnd : FrontEnds) {
            if (isQuick && !texts.isEmpty())
                continue;
            const Trial trial{where, what, request.toLatin1(), frontEnd, step};
            const auto [text, complaint] = what.name == ProcessKilled ? triedWithKilledProcess(trial) : tried(trial);
            texts += text;
            if (!complaint.isEmpty())
                complaints += u"step %1, %2: %3: %4"_s.arg(QString::number(int(step)), QLatin1StringView(frontEnd), text,
                                                           complaint);
        }
        cells += texts.first() == texts.last() ? texts[0] : u"%1; hooks: %2"_s.arg(texts[0], texts[1]);
    }
    m_rows.insert(where.name + request + what.name, cells);
    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
}

QString TestFaults::section(const Place &place, const QString &request) const
{
    QString text =
        u"\n### %1, %2\n\n| fault | before load | during load | in the handler | before save | during save | after the "
        "answer |\n|---|---|---|---|---|---|---|\n"_s.arg(place.name, request);
    for (const Fault &fault : place.faults)
        text += u"| %1 | %2 |\n"_s.arg(fault.name, m_rows.value(place.name + request + fault.name).join(u" | "_s));
    return text;
}

void TestFaults::cleanupTestCase()
{
    if (m_tablePath.isEmpty())
        return;
    QString text = uR"(# What becomes of a request when something breaks

Written by `./dev faults`, which breaks each thing at each step of a request, lets it come right again, and looks. Each cell: the status of
the answer (– for none) and what became of the change or the session; where hooks differ from routes, both. The run fails if a change that
was answered with 200 is not there, an ended session lives on, an old id outlives a login, somebody sees a stranger's session, a request
hangs, or service does not resume. An operation may take 300 ms here.

"id lost": the login happened, and its answer with the new id did not arrive. "ended" and "new session" in rows about clocks: the
session was over at that time.
With sentinels and in a cluster replicas have what was acknowledged before a master ends: what only one server has can be lost with it.
)"_s;
    for (const Place &place : m_places) {
        text += u"\n## "_s + place.name + u'\n';
        for (const QString &request : m_requests)
            text += section(place, request);
    }
    QFile file(m_tablePath);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    file.write(text.toUtf8());
}

/// The process that is killed: it is so at a step, from when it was asked to /arm.
static int serve(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules(u"sojourn.*=false"_s);
    Application application(reopen(QString::fromLocal8Bit(argv[2])));
    application.server().route(u"/arm"_s, [&application, fatal = Step(atoi(argv[3]))] {
        application.at = [fatal](Step step) {
            if (step == fatal)
                ::raise(SIGKILL);
        };
        return QHttpServerResponse("armed");
    });
    std::printf("%d\n", application.port());
    std::fflush(stdout);
    return app.exec();
}

/// This program again on a small disk of its own, in \a folder; does not return if that is possible.
static void restartOnSmallDisk(int argc, char **argv, const QString &folder)
{
    const int canMount = ::system("unshare -rm sh -c 'mount -t tmpfs -o size=1m tmpfs /tmp' 2>/dev/null");
    if (canMount != 0)
        return;
    ::setenv("SOJOURN_SMALL_DISK", folder.toLocal8Bit().constData(), 1);
    std::vector<const char *> arguments = {"unshare", "-rm", "sh", "-c",
                                           "mount -t tmpfs -o size=8m tmpfs \"$SOJOURN_SMALL_DISK\" && exec \"$0\" \"$@\""};
    arguments.insert(arguments.end(), argv, argv + argc);
    arguments.push_back(nullptr);
    ::execvp("unshare", const_cast<char **>(arguments.data()));
}

int main(int argc, char **argv)
{
    if (argc == 4 && QByteArrayView(argv[1]) == "serve")
        return serve(argc, argv);
    const QTemporaryDir folder;
    if (!qEnvironmentVariableIsSet("SOJOURN_SMALL_DISK"))
        restartOnSmallDisk(argc, argv, folder.path());
    if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT")) // ms, for all rows together
        qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");
    QCoreApplication app(argc, argv);
    TestFaults test(qEnvironmentVariable("SOJOURN_SMALL_DISK"));
    return QTest::qExec(&test, argc, argv);
}

#include "tst_faults.moc"
