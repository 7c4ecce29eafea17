// SPDX-License-Identifier: MIT
// What the inspector's window takes with a large store while events arrive: see --help. Fills a store, lets another process visit
// its sessions, opens the real window on it without a screen, and scrolls, sorts, selects and searches.
#include "redisserver.h"
#include "stores.h"

#include "tab/storetab.h"
#include "table/sessionview.h"
#include "window/mainwindow.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Notes how long the calls take that the event loop makes: what a person would feel.
class TimedApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    struct Call
    {
        double wall = 0, cpu = 0; // milliseconds
        QByteArray what;
    };

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (thread() != QThread::currentThread() || m_inCall)
            return QApplication::notify(receiver, event);
        m_inCall = true;
        const QByteArray what = QByteArray(receiver->metaObject()->className()) + " event "
                              + QByteArray::number(int(event->type()));
        QElapsedTimer timer;
        timer.start();
        const double cpu = threadMilliseconds();
        const bool handled = QApplication::notify(receiver, event);
        m_inCall = false;
        const Call call{double(timer.nsecsElapsed()) / 1e6, threadMilliseconds() - cpu, what};
        if (call.cpu > m_worst.cpu)
            m_worst = call;
        m_longestWall = std::max(m_longestWall, call.wall);
        return handled;
    }

    /// Prints the longest since the last time.
    void report(const char *during)
    {
        std::printf("  %-34s %6.1f ms CPU, %6.1f ms wall   (%s)\n", during, m_worst.cpu, m_longestWall, m_worst.what.constData());
        m_longest = std::max(m_longest, m_worst.cpu);
        m_worst = {};
        m_longestWall = 0;
    }
    double longest() const { return m_longest; }

private:
    static double threadMilliseconds()
    {
        timespec time;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    bool m_inCall = false;
    Call m_worst;
    double m_longestWall = 0;
    double m_longest = 0;
};

double megabytes(const char *field)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray status = file.readAll();
    const qsizetype at = status.indexOf(field);
    return at < 0 ? 0 : status.mid(at + qsizetype(qstrlen(field)) + 1).trimmed().split(' ').first().toDouble() / 1024;
}

void wait(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// As a click or a key would: from the event loop, so that it is timed.
template<class F>
void act(F action)
{
    QMetaObject::invokeMethod(qApp, action, Qt::QueuedConnection);
}

class Look
{
public:
    Look(TimedApplication &app, const QString &url) : m_app(app), m_url(url) { }

    int run(int seconds)
    {
        QElapsedTimer timer;
        timer.start();
        m_window.resize(1400, 900);
        m_window.show();
        QCoreApplication::processEvents();
        std::printf("window shown after                   %6.1f ms\n", double(timer.nsecsElapsed()) / 1e6);
        m_app.report("starting");

        timer.restart();
        act([this] { m_window.open(Connection::forUrl(m_url)); });
        while (!m_window.currentTab())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const double rows = untilShown(timer);
        std::printf("first rows after                     %6.1f ms   (target 200)\n", rows);
        m_app.report("opening");
        wait(1s);

        const qint64 total = model().total();
        std::printf("%lld sessions, table of %d rows\n", total, model().rowCount());
        jump(total, "jumping");
        drag(total, "dragging");
        std::printf("memory after the jumps               %6.1f MB, at most %.1f MB   (target 100)\n", megabytes("VmRSS"),
                    megabytes("VmHWM"));
        const std::pair<const char *, int> places[] = {
            {"live at the top", 0}, {"live in the middle", int(total / 2)}, {"live at the end", int(total)}};
        for (const auto &[what, place] : places) {
            act([this, place = place] { bar().setValue(place); });
            wait(std::chrono::seconds(seconds));
            m_app.report(what);
        }
        std::printf("events a second                      %6.0f\n", m_window.currentTab()->store().eventsPerSecond());
        sortAndSelect();
        search();
        filterAgainAndAgain();
        statistics();
        showAttributes(total);
        std::printf("memory at the end                    %6.1f MB, at most %.1f MB\n", megabytes("VmRSS"), megabytes("VmHWM"));
        std::printf("longest interface call               %6.1f ms CPU   (target 16)\n", m_app.longest());
        return 0;
    }

    /// With nobody stirring any more: whether the count is that of the store.
    void checkCount()
    {
        wait(1500ms);
        std::optional<qint64> count;
        m_window.currentTab()->store().reader()->count().then(&m_window, [&count](const Result<qint64> &result) {
            count = result.value_or(-1);
        });
        while (!count)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        std::printf("sessions in the window and the store %lld, %lld%s\n", model().total(), *count,
                    model().total() == *count ? "" : "   DIFFERENT");
    }

private:
    SessionModel &model() { return m_window.currentTab()->model(); }
    SessionView &view() { return m_window.currentTab()->view(); }
    QScrollBar &bar() { return *view().verticalScrollBar(); }

    bool isShown()
    {
        const int first = std::max(0, view().rowAt(0));
        const int last = first + view().viewport()->height() / std::max(1, view().rowHeight(0)) - 1;
        if (model().rowCount() == 0)
            return false;
        for (int row = first; row <= std::min(last, model().rowCount() - 1); ++row) {
            if (!model().row(row))
                return false;
        }
        return true;
    }
    struct Times
    {
        QList<double> wall, cpu;
    };
    static double processMilliseconds() { return double(std::clock()) * 1e3 / CLOCKS_PER_SEC; }
    /// Milliseconds until the rows in view are loaded and painted.
    double untilShown(const QElapsedTimer &since)
    {
        while (!isShown() && since.elapsed() < 20'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        view().viewport()->repaint();
        return double(since.nsecsElapsed()) / 1e6;
    }
    void jumpTo(int row, Times &times)
    {
        const double cpu = processMilliseconds();
        QElapsedTimer timer;
        timer.start();
        bool moved = false;
        act([&] {
            bar().setValue(row);
            moved = true;
        });
        while (!moved)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        times.wall << untilShown(timer);
        times.cpu << processMilliseconds() - cpu;
    }
    static void print(const char *what, Times &times)
    {
        for (const auto &[list, kind] : {std::pair(&times.wall, "wall"), std::pair(&times.cpu, "CPU")}) {
            std::ranges::sort(*list);
            std::printf("%-36s %6.1f ms %s median, %.1f nine in ten, %.1f at most   (target 50)\n", what,
                        list->at(list->size() / 2), kind, list->at(list->size() * 9 / 10), list->last());
        }
    }
    void jump(qint64 total, const char *during)
    {
        QRandomGenerator random(7);
        Times times;
        for (int i = 0; i < 60; ++i) {
            const int row = i == 0 ? int(total) - 1 : i == 1 ? int(total / 2) : int(random.bounded(total));
            jumpTo(row, times);
            wait(std::chrono::milliseconds(random.bounded(200)));
        }
        print("a jump to any row", times);
        m_app.report(during);
    }
    /// The scroll bar is pulled through the table and let go.
    void drag(qint64 total, const char *during)
    {
        QRandomGenerator random(8);
        Times times;
        for (int i = 0; i < 15; ++i) {
            const int from = bar().value(), to = int(random.bounded(total));
            for (int step = 1; step < 40; ++step) {
                act([this, row = from + int(qint64(to - from) * step / 40)] { bar().setValue(row); });
                wait(10ms);
            }
            jumpTo(to, times);
        }
        print("rows after a drag of the scroll bar", times);
        m_app.report(during);
    }
    void sortAndSelect()
    {
        for (const int column : {SessionModel::User, SessionModel::LastSeen, SessionModel::Created, SessionModel::ExpiresIn}) {
            QElapsedTimer timer;
            timer.start();
            act([this, column] { model().sort(column, Qt::DescendingOrder); });
            wait(1ms);
            std::printf("sorted by %-20s       %6.1f ms\n",
                        qPrintable(model().headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()), untilShown(timer));
            wait(500ms);
        }
        m_app.report("sorting");
        act([this] { view().selectRow(5); });
        wait(2s);
        m_app.report("one selected");
        act([this] { view().selectAll(); });
        wait(3s);
        m_app.report("all selected");
        act([this] { view().clearSelection(); });
        wait(500ms);
        m_app.report("none selected");
    }
    void search()
    {
        SessionFilter filter;
        filter.text = u"mug"_s; // one in five has it
        act([this, filter] { m_window.currentTab()->setFilter(filter); });
        wait(8s);
        std::printf("searched in 8 s                      %lld, found %lld\n", model().searched(), model().shown());
        m_app.report("searching");
        filter = {};
        filter.user = u"user7"_s;
        act([this, filter] { m_window.currentTab()->setFilter(filter); });
        wait(2s);
        m_app.report("one user");
        act([this] { m_window.currentTab()->clearFilter(); });
        wait(1s);
        m_app.report("filter cleared");
    }
    /// A filter is set and cleared, as by the search line: rows of another number come each time.
    void filterAgainAndAgain()
    {
        QList<double> set, cleared;
        for (int i = 0; i < 10; ++i) {
            SessionFilter filter;
            filter.user = u"user%1"_s.arg(7 + i);
            QElapsedTimer timer;
            timer.start();
            act([this, filter] { m_window.currentTab()->setFilter(filter); });
            wait(1ms);
            set << untilShown(timer);
            wait(300ms);
            timer.restart();
            act([this] { m_window.currentTab()->clearFilter(); });
            wait(1ms);
            cleared << untilShown(timer);
            wait(300ms);
        }
        std::ranges::sort(set);
        std::ranges::sort(cleared);
        std::printf("rows of a filter, and of none again  %6.1f and %.1f ms median, %.1f and %.1f at most\n", set[5], cleared[5],
                    set.last(), cleared.last());
        m_app.report("a filter set and cleared");
    }
    /// Pages then come with their data.
    void showAttributes(qint64 total)
    {
        act([this] { model().addAttributeColumns({u"theme"_s, u"visits"_s, u"cart"_s}); });
        wait(1s);
        m_app.report("three columns of attributes");
        jump(total, "jumping, attributes shown");
        drag(total, "dragging, attributes shown");
        act([this] { bar().setValue(0); });
        wait(5s);
        m_app.report("live, attributes shown");
    }
    void statistics()
    {
        act([this] { m_window.findChild<QDockWidget *>(u"overview"_s)->show(); });
        wait(8s);
        m_app.report("at a glance");
        act([this] { m_window.findChild<QDockWidget *>(u"overview"_s)->hide(); });
        wait(100ms);
    }

    TimedApplication &m_app;
    QString m_url;
    MainWindow m_window;
};

int look(TimedApplication &app, const QString &url, int seconds)
{
    // Standard input ends when nobody stirs any more.
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    Look look(app, url);
    const int result = look.run(seconds);
    std::printf("done\n");
    (void)std::getchar();
    look.checkCount();
    return result;
}

int runPart(QProcess &process, const QStringList &arguments)
{
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), arguments);
    return process.waitForStarted() ? 0 : 1;
}

int measure(const QString &store, const QString &sessions, const QString &events, const QString &seconds)
{
    const QTemporaryDir folder;
    RedisServer redis;
    QString url = u"sqlite:"_s + folder.filePath(u"sessions.db"_s);
    if (store == "redis"_L1) {
        if (!redis.start())
            qFatal("no redis-server");
        url = u"redis://127.0.0.1:%1"_s.arg(redis.port());
    } else if (store != "sqlite"_L1) {
        url = store;
    }
    std::printf("== %s\n", qPrintable(store));
    QProcess filling, stirring, looking;
    filling.setProcessChannelMode(QProcess::ForwardedChannels);
    if (url != store) {
        filling.start(QCoreApplication::applicationFilePath(), {u"--fill"_s, url, u"--sessions"_s, sessions});
        if (!filling.waitForFinished(-1) || filling.exitCode() != 0)
            return 1;
    }
    if (runPart(stirring, {u"--stir"_s, url, u"--sessions"_s, sessions, u"--events"_s, events}) != 0
        || runPart(looking, {u"--look"_s, url, u"--seconds"_s, seconds}) != 0)
        return 1;
    while (looking.waitForReadyRead(-1)) {
        while (looking.canReadLine()) {
            const QByteArray line = looking.readLine();
            if (line != "done\n") {
                std::fputs(line.constData(), stdout);
                continue;
            }
            stirring.terminate();
            stirring.waitForFinished();
            looking.write("\n");
        }
        std::fflush(stdout);
    }
    looking.waitForFinished();
    stirring.kill();
    stirring.waitForFinished();
    return looking.exitCode();
}

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir settings;
    qputenv("SOJOURN_INSPECTOR_SETTINGS", settings.filePath(u"settings.ini"_s).toUtf8());
    TimedApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Times the inspector's window over a large store while events arrive. The figures are those of the "
        "window's process; CPU times are to be believed on a busy machine."_s);
    parser.addPositionalArgument(
        u"stores"_s,
        u"sqlite, redis (the default: both, filled with sessions of its own) or the URL of a store that was filled so."_s);
    const QCommandLineOption sessions(u"sessions"_s, u"How many sessions (1000000)."_s, u"number"_s, u"1000000"_s);
    const QCommandLineOption events(u"events"_s, u"How many events a second (500)."_s, u"number"_s, u"500"_s);
    const QCommandLineOption seconds(u"seconds"_s, u"How long to look at each place (5)."_s, u"number"_s, u"5"_s);
    QCommandLineOption fillUrl(u"fill"_s, u"Only fill this store."_s, u"url"_s), stirUrl(u"stir"_s, {}, u"url"_s),
        lookUrl(u"look"_s, {}, u"url"_s);
    for (QCommandLineOption *part : {&stirUrl, &lookUrl})
        part->setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({sessions, events, seconds, fillUrl, stirUrl, lookUrl});
    parser.addHelpOption();
    parser.process(app);
    if (parser.isSet(fillUrl))
        return fill(parser.value(fillUrl), parser.value(sessions).toInt());
    if (parser.isSet(stirUrl))
        return stir(parser.value(stirUrl), parser.value(sessions).toInt(), parser.value(events).toInt());
    if (parser.isSet(lookUrl))
        return look(app, parser.value(lookUrl), parser.value(seconds).toInt());
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    QStringList stores = parser.positionalArguments();
    if (stores.isEmpty())
        stores = {u"sqlite"_s, u"redis"_s};
    for (const QString &store : std::as_const(stores)) {
        if (const int failed = measure(store, parser.value(sessions), parser.value(events), parser.value(seconds)))
            return failed;
    }
    return 0;
}
