// SPDX-License-Identifier: MIT
// sojourn-bench-instructions: the instructions that a request takes the demo, counted by callgrind. Unlike times they hardly
// depend on the machine or on what else it does. One connection that is kept alive, so that nothing is saved together with
// others.
#include "../auto/demo/demoprocess.h"
#include "../auto/shared/httpresponse.h"
#include "../auto/shared/redisserver.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QTcpSocket>

#include <cstdio>
#include <stdexcept>
#include <string>

using namespace Qt::StringLiterals;

namespace {

/// A visitor of one connection.
class Visitor
{
public:
    explicit Visitor(const QUrl &url)
    {
        m_socket.connectToHost(url.host(), quint16(url.port()));
        if (!m_socket.waitForConnected(10'000))
            throw std::runtime_error("the demo cannot be reached");
    }
    void get(const QByteArray &path)
    {
        m_socket.write("GET /" + path + " HTTP/1.1\r\nHost: localhost\r\n" + m_cookie + "\r\n");
        HttpResponse response;
        while (!response.take(m_received)) {
            if (!m_socket.bytesAvailable() && !m_socket.waitForReadyRead(20'000))
                throw std::runtime_error("the demo does not answer");
            m_received += m_socket.readAll();
        }
        if (response.status != 200)
            throw std::runtime_error("the demo answered " + std::to_string(response.status));
        if (const QByteArray set = response.value("set-cookie"); !set.isEmpty())
            m_cookie = "Cookie: " + set.first(set.indexOf(';')) + "\r\n";
    }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    QByteArray m_cookie;
};

/// A demo under callgrind, which tells what it has done since it was asked before.
class CountedDemo
{
public:
    explicit CountedDemo(const QStringList &options, const QString &profile)
        : m_demo(options, u"valgrind"_s,
                 {u"--tool=callgrind"_s, u"-q"_s, u"--callgrind-out-file="_s + m_folder.filePath(u"out"_s),
                  QStringLiteral(SOJOURN_DEMO)}),
          m_profile(profile)
    {
        if (m_demo.url().isEmpty())
            throw std::runtime_error("the demo did not start under valgrind; is that installed?");
    }
    QUrl url() const { return m_demo.url(); }

    qint64 instructions(const QString &label = {})
    {
        QProcess control;
        control.start(u"callgrind_control"_s, {u"--dump"_s, QString::number(m_demo.id())});
        if (!control.waitForFinished(60'000) || control.exitCode() != 0)
            throw std::runtime_error("callgrind_control failed: " + control.readAllStandardError().toStdString());
        QFile dump(m_folder.filePath(u"out.%1"_s.arg(++m_dumps)));
        if (!dump.open(QIODevice::ReadOnly))
            throw std::runtime_error("callgrind wrote no figures");
        const QByteArray text = dump.readAll();
        if (!m_profile.isEmpty() && !label.isEmpty())
            QFile::copy(dump.fileName(), m_profile + u'-' + label);
        const qsizetype at = text.lastIndexOf("\ntotals: ");
        return at < 0 ? 0 : text.sliced(at + 9, text.indexOf('\n', at + 9) - at - 9).trimmed().toLongLong();
    }

private:
    QTemporaryDir m_folder;
    DemoProcess m_demo;
    const QString m_profile;
    int m_dumps = 0;
};

void measure(const QString &store, const QString &url, const QString &frontEnd, int requests, const QString &profile)
{
    CountedDemo demo({u"--store"_s, url, u"--front-end"_s, frontEnd}, profile);
    Visitor visitor(demo.url());
    const auto run = [&](const QByteArray &path, int count) {
        for (int i = 0; i < count; ++i)
            visitor.get(path);
    };
    qint64 bare = 0;
    std::printf("| %s | %s |", qPrintable(store), qPrintable(frontEnd));
    for (const QByteArray path : {"bare", "read", "visit"}) {
        if (path == "bare")
            run("visit", 1); // has a session from here on
        run(path, 50); // what is done at the first time only
        demo.instructions();
        run(path, requests);
        const qint64 each = demo.instructions(store + u'-' + frontEnd + u'-' + QString::fromLatin1(path)) / requests;
        if (path == "bare") {
            bare = each;
            std::printf(" %lld |", static_cast<long long>(each));
        } else {
            std::printf(" +%lld |", static_cast<long long>(each - bare));
        }
        std::fflush(stdout);
    }
    std::printf("\n");
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Counts the instructions of the demo's requests with callgrind."_s);
    parser.addHelpOption();
    parser.addOptions({{u"requests"_s, u"How many are counted."_s, u"N"_s, u"1000"_s},
                       {u"store"_s, u"Only this one: memory, SQLite or Redis."_s, u"NAME"_s},
                       {u"front-end"_s, u"Only this one: routes or hooks."_s, u"NAME"_s},
                       {u"profile"_s, u"Keeps callgrind's files, with names that begin so."_s, u"PATH"_s}});
    parser.process(application);
    const int requests = qMax(1, parser.value(u"requests"_s).toInt());
    const auto isWanted = [&parser](const QString &option, const QString &name) {
        return !parser.isSet(option) || parser.value(option).compare(name, Qt::CaseInsensitive) == 0;
    };
    try {
        std::printf("| store | front end | /bare | /read | /visit |\n|---|---|---|---|---|\n");
        for (const QString &store : {u"memory"_s, u"SQLite"_s, u"Redis"_s}) {
            if (!isWanted(u"store"_s, store))
                continue;
            for (const QString &frontEnd : {u"routes"_s, u"hooks"_s}) {
                if (!isWanted(u"front-end"_s, frontEnd))
                    continue;
                const QTemporaryDir folder;
                RedisServer redis;
                if (store == u"Redis" && (RedisServer::program().isEmpty() || !redis.start()))
                    throw std::runtime_error("redis-server did not start. Is it installed?");
                const QString url = store == u"memory" ? u"memory:"_s
                                  : store == u"SQLite" ? u"sqlite:"_s + folder.filePath(u"sessions.sqlite"_s)
                                                       : u"redis://127.0.0.1:%1"_s.arg(redis.port());
                measure(store, url, frontEnd, requests, parser.value(u"profile"_s));
            }
        }
    } catch (const std::exception &error) {
        std::fprintf(stderr, "sojourn-bench-instructions: %s\n", error.what());
        return 1;
    }
    return 0;
}
