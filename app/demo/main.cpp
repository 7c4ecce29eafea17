// SPDX-License-Identifier: MIT
#include "api.h"
#include "options.h"
#include "page.h"
#include "quitsignals.h"
#include "standardstreams.h"

#include <Sojourn/HttpServerPool>
#include <Sojourn/LiveServer>
#include <Sojourn/MemoryStore>
#include <Sojourn/Stores>
#include <Sojourn/version.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QTcpServer>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Sojourn;

namespace {

enum ExitCode { Done = 0, Failed = 1, Usage = 2 };

int stop(ExitCode code, const QString &why)
{
    std::fprintf(stderr, "sojourn-demo: %s\n", qPrintable(why.simplified()));
    return code;
}

/// A database in the user's data folder.
Result<QString> defaultStore()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    if (!folder.mkpath(u"."_s))
        return failure(Error::Unavailable,
                       u"The folder %1 cannot be made. Choose another store with --store, for example --store memory:"_s.arg(
                           QDir::toNativeSeparators(folder.path())));
    const QString path = folder.filePath(u"sessions.sqlite"_s);
    return u"sqlite:"_s + QString::fromLatin1(path.toUtf8().toPercentEncoding("/:\\"));
}

QString urlOf(const QHostAddress &address, quint16 port)
{
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(address.toString());
    url.setPort(port);
    url.setPath(u"/"_s);
    return url.toString();
}

/// Makes the store visible to the inspector; a name that the person chose is used or nothing, the default one gives way.
Result<void> listenLive(LiveServer &live, const QString &name, quint16 port)
{
    if (name == "none"_L1)
        return {};
    if (!name.isEmpty())
        return live.listen(name);
    const auto listening = live.listen(u"sojourn-demo"_s);
    if (listening || listening.error() != Error::Exists)
        return listening;
    return live.listen(u"sojourn-demo-%1"_s.arg(port));
}

} // namespace

int main(int argc, char *argv[])
{
    holdStandardStreams();
    QCoreApplication application(argc, argv);
    application.setApplicationName(u"sojourn-demo"_s);
    application.setApplicationVersion(QStringLiteral(SOJOURN_VERSION_STR));

    const auto options = Options::parse(application.arguments());
    if (!options)
        return stop(Usage, options.error());
    const Result<QString> storeUrl = options->store.isEmpty() ? defaultStore() : options->store;
    if (!storeUrl)
        return stop(Failed, storeUrl.error().text);
    const auto openStore = [&]() -> Result<std::shared_ptr<SessionStore>> {
        auto store = storeFromUrl(*storeUrl);
        if (store && options->storeTimeout)
            (*store)->setTimeout(*options->storeTimeout);
        return store;
    };
    const auto store = openStore();
    if (!store)
        return stop(store.error() == Error::Invalid || store.error() == Error::Unsupported ? Usage : Failed, store.error().text);

    // Where one thread is enough it is this one.
    const bool isAlone = options->threads == 1;
    std::optional<HttpServerPool> pool;
    const bool isShared = bool(std::dynamic_pointer_cast<MemoryStore>(*store)); // by all threads
    const auto metrics = [&] {
        Metrics sum = pool ? pool->metrics() : Metrics();
        if (!pool || !isShared) // what came in through the live socket is this store's
            sum += (*store)->counters().read();
        return sum;
    };
    const auto addCalls = [&](QHttpServer &server, SessionManager &sessions) {
        FrontEnd frontEnd(options->frontEnd, &server, &sessions);
        addApi(frontEnd, metrics);
        addPage(frontEnd);
    };
    QHttpServer server;
    std::optional<SessionManager> sessions;
    std::unique_ptr<QTcpServer> tcpServer;
    quint16 port = 0;
    QString problem;
    if (isAlone) {
        sessions.emplace(*store, options->sessions);
        addCalls(server, *sessions);
        tcpServer = std::make_unique<QTcpServer>();
        if (!tcpServer->listen(options->address, options->port))
            problem = u"Cannot listen on port %1 of %2: %3."_s.arg(QString::number(options->port), options->address.toString(),
                                                                   tcpServer->errorString());
        port = tcpServer->serverPort();
    } else {
        pool.emplace(options->threads, addCalls);
        pool->setOptions(options->sessions);
        pool->setStoreFactory([&]() -> Result<std::shared_ptr<SessionStore>> { return isShared ? *store : openStore(); });
        if (const auto listening = pool->listen(options->address, options->port); !listening)
            problem = listening.error().text;
        port = pool->port();
    }
    if (!problem.isEmpty()) {
        return stop(Failed, problem + u" Choose others with --port and --address; --port 0 takes any free one."_s);
    }

    LiveServer live(*store);
    if (const auto listening = listenLive(live, options->live, port); !listening)
        return stop(Failed, listening.error().text);

    if (!options->liveTlsAddress.isNull()) {
        const auto listening = live.listenTls(options->liveTlsAddress.toString(), options->liveTlsPort, options->liveTls);
        if (!listening)
            return stop(listening.error() == Error::Invalid ? Usage : Failed, listening.error().text);
    }

    QuitSignals quitSignals(&application);
    if (isAlone)
        server.bind(tcpServer.release());
    std::printf("listening on %s\n", qPrintable(urlOf(options->address, port)));
    if (!live.name().isEmpty())
        std::printf("its sessions: sojourn-inspector live:%s\n", qPrintable(live.name()));
    if (live.tlsPort() != 0)
        std::printf("its sessions over TLS: port %d of %s\n", live.tlsPort(), qPrintable(options->liveTlsAddress.toString()));
    std::fflush(stdout);
    // A server that is away may come back; one of another kind than the URL says never becomes the right one.
    (*store)->identities().then(&application, [](const Result<QStringList> &names) {
        if (!names && names.error() == Error::Unsupported)
            QCoreApplication::exit(stop(Failed, names.error().text));
    });
    return application.exec();
}
