// SPDX-License-Identifier: MIT
#include "storeurl_p.h"

#include <Sojourn/LiveServer>

#include <QtCore/QFileInfo>
#include <QtNetwork/QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr int MostReplicas = 1000;

std::unexpected<Error> wrong(const ErrorText &text)
{
    return failure(Error::Invalid, text);
}

bool isHexDigit(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c.toLower() >= u'a' && c.toLower() <= u'f');
}

/// \a text with %XX decoded; \a part names it in the error.
Result<QString> decoded(QStringView text, QLatin1StringView part)
{
    for (qsizetype at = text.indexOf(u'%'); at >= 0; at = text.indexOf(u'%', at + 1)) {
        if (at + 2 >= text.size() || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2]))
            return wrong(
                Error::tr(
                    "The %1 in the store URL has a % that two hexadecimal digits do not follow; write %25 for the sign itself.")
                    .arg(part));
    }
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()));
}

/// A number of digits only, between \a least and \a most.
std::optional<int> number(QStringView text, int least, int most)
{
    bool ok = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    const int value = ok ? text.toInt(&ok) : 0;
    return ok && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

/// Splits \a text at the first \a separator; the second half is null if there is none.
std::pair<QStringView, QStringView> split(QStringView text, QChar separator)
{
    const qsizetype at = text.indexOf(separator);
    return at < 0 ? std::pair(text, QStringView()) : std::pair(text.first(at), text.sliced(at + 1));
}

Result<StoreUrl> parseSqlite(QStringView rest)
{
    const auto [path, query] = split(rest, u'?');
    if (path.isEmpty())
        return wrong(Error::tr("The path in the store URL is empty; write sqlite: and the path of the database file behind it."));
    StoreUrl url{.scheme = StoreUrl::Sqlite};
    auto file = decoded(path, "path"_L1);
    if (!file)
        return std::unexpected(file.error());
    if (*file == u":memory:" || file->contains(QChar::Null))
        return wrong(Error::tr("The path in the store URL does not name a file; sessions in memory have the store URL memory:."));
    url.path = *std::move(file);
    if (!query.isNull()) {
        const auto [name, value] = split(query, u'=');
        if (name != u"synchronous")
            return wrong(Error::tr(
                "The store URL has an unknown option; sqlite: knows ?synchronous=full only (write %3F for a ? in a path)."));
        if (value != u"full")
            return wrong(Error::tr("The option synchronous in the store URL has an unknown value; the only one is full."));
        url.synchronousFull = true;
    }
    return url;
}

/// The server that \a text names: a host name, or an IPv6 address in brackets, and the port behind it.
Result<StoreUrl::Server> parseServer(QStringView text, quint16 port)
{
    StoreUrl::Server server{{}, port};
    QStringView portText;
    if (text.startsWith(u'[')) {
        const qsizetype end = text.indexOf(u']');
        const auto address = decoded(text.sliced(1, qMax<qsizetype>(end, 1) - 1), "host"_L1);
        if (!address)
            return std::unexpected(address.error());
        const QStringView behind = end < 0 ? QStringView() : text.sliced(end + 1);
        if (QHostAddress(*address).protocol() != QAbstractSocket::IPv6Protocol || !(behind.isEmpty() || behind.startsWith(u':')))
            return wrong(Error::tr("The host in the store URL is not an IPv6 address in brackets, such as [::1]."));
        server.host = *address;
        portText = behind.isEmpty() ? QStringView() : behind.sliced(1);
    } else {
        const auto [host, behind] = split(text, u':');
        const bool valid = std::ranges::all_of(host, [](QChar c) {
            return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_';
        });
        if (host.isEmpty() || !valid)
            return wrong(Error::tr(
                "The host in the store URL is empty or not a host name; write //host:port behind the scheme, and percent-encode "
                "the characters / ? @ in a password (%2F %3F %40)."));
        if (behind.contains(u':'))
            return wrong(
                Error::tr("The host in the store URL has several colons; write an IPv6 address in brackets, such as [::1]."));
        server.host = host.toString();
        portText = behind;
    }
    if (!portText.isNull()) {
        const auto value = number(portText, 1, 65535);
        if (!value)
            return wrong(Error::tr("The port in the store URL is not a number from 1 to 65535."));
        server.port = static_cast<quint16>(*value);
    }
    return server;
}

/// What \a text in front of the hosts says: user and password.
Result<void> parseLogin(QStringView text, StoreUrl *url)
{
    const auto [user, password] = split(text, u':');
    auto userText = decoded(user, "user"_L1);
    if (!userText)
        return std::unexpected(userText.error());
    url->user = *std::move(userText);
    if (!password.isNull()) {
        auto passwordText = decoded(password, "password"_L1);
        if (!passwordText)
            return std::unexpected(passwordText.error());
        url->password = *std::move(passwordText);
    }
    return {};
}

Result<void> parseDatabase(QStringView text, StoreUrl *url)
{
    if (text.isEmpty())
        return {};
    const auto value = number(text, 0, std::numeric_limits<int>::max());
    if (!value)
        return wrong(Error::tr("The database in the store URL is not a number; write redis://host:port/0, for example."));
    url->database = *value;
    return {};
}

/// The value of one option, which is one of those that the scheme knows.
Result<void> parseOption(QStringView name, QStringView value, StoreUrl *url)
{
    if (name == u"wait") {
        const auto replicas = number(value, 0, MostReplicas);
        if (!replicas)
            return wrong(Error::tr("The option wait in the store URL is not a number of replicas; write wait=1, for example."));
        url->wait = replicas;
        return {};
    }
    if (name == u"shards") {
        const auto shards = number(value, 1, 1024);
        if (!shards || (*shards & (*shards - 1)) != 0)
            return wrong(
                Error::tr("The option shards in the store URL is not a power of two from 1 to 1024; the default is shards=256."));
        url->shards = *shards;
        return {};
    }
    const bool isPrefix = name == u"prefix", isPassword = name == u"sentinel-password";
    auto text = decoded(value, isPrefix ? "prefix"_L1 : isPassword ? "sentinel-password"_L1 : "sentinel-user"_L1);
    if (!text)
        return std::unexpected(text.error());
    if (isPrefix && text->isEmpty())
        return wrong(Error::tr("The prefix in the store URL is empty; leave the option out for the default, sojourn:."));
    (isPrefix ? url->prefix.emplace() : isPassword ? url->sentinelPassword : url->sentinelUser) = *std::move(text);
    return {};
}

/// The options of \a query; one that is not among \a known has the error text \a unknown.
Result<void> parseOptions(QStringView query, std::initializer_list<QStringView> known, const ErrorText &unknown, StoreUrl *url)
{
    if (query.isNull())
        return {};
    for (const QStringView option : query.split(u'&')) {
        const auto [name, value] = split(option, u'=');
        if (std::ranges::find(known, name) == known.end())
            return wrong(unknown);
        if (const auto parsed = parseOption(name, value, url); !parsed)
            return parsed;
    }
    return {};
}

/// \a query without the values that are secret.
QString displayQuery(QStringView query)
{
    QStringList options;
    for (const QStringView option : query.split(u'&')) {
        if (split(option, u'=').first != u"sentinel-password")
            options.append(option.toString());
    }
    return options.isEmpty() ? QString() : u'?' + options.join(u'&');
}

/// What a Redis URL consists of. Each scheme reads it in its own way.
struct RedisParts
{
    QStringView login; // null without one
    QStringView servers;
    QStringView path;  // behind the servers, without the /
    QStringView query; // null without one

    static RedisParts of(QStringView rest)
    {
        const auto [location, query] = split(rest.sliced(2), u'?');
        const auto [authority, path] = split(location, u'/');
        const qsizetype at = authority.lastIndexOf(u'@');
        return {at < 0 ? QStringView() : authority.first(at), authority.sliced(at + 1), path, query};
    }

    /// All of it but the passwords, as it is written.
    [[nodiscard]] QString display() const
    {
        const QStringView user = split(login, u':').first;
        const QString slash = path.isNull() ? QString() : u"/"_s;
        return u"//%1%2%3%4%5%6"_s.arg(user, user.isEmpty() ? u"" : u"@", servers, slash, path,
                                       query.isNull() ? QString() : displayQuery(query));
    }
};

/// What every URL of Redis servers begins with.
struct RedisStart
{
    RedisParts parts;
    StoreUrl url;
};

Result<RedisStart> parseStart(QStringView rest, StoreUrl::Scheme scheme, bool tls, const ErrorText &lacksSlashes)
{
    if (!rest.startsWith(u"//"))
        return wrong(lacksSlashes);
    const auto parts = RedisParts::of(rest);
    RedisStart start{parts, {.scheme = scheme, .tls = tls, .display = parts.display()}};
    if (const auto login = parseLogin(parts.login, &start.url); !login)
        return std::unexpected(login.error());
    return start;
}

Result<StoreUrl> parseRedis(QStringView rest, bool tls)
{
    auto start = parseStart(
        rest, StoreUrl::Redis, tls,
        Error::tr("The store URL lacks the // before the host; write redis://[user:password@]host[:port][/number][?prefix=P]."));
    if (!start)
        return std::unexpected(start.error());
    auto &[parts, url] = *start;
    const auto server = parseServer(parts.servers, 6379);
    if (!server)
        return std::unexpected(server.error());
    url.host = server->host;
    url.port = server->port;
    if (const auto database = parseDatabase(parts.path, &url); !database)
        return std::unexpected(database.error());
    const ErrorText unknown = Error::tr("The store URL has an unknown option; redis: and rediss: know ?prefix=P only.");
    if (const auto options = parseOptions(parts.query, {u"prefix"}, unknown, &url); !options)
        return std::unexpected(options.error());
    return url;
}

/// As parseStart(), and the servers behind, with commas between.
Result<RedisStart> parseServers(QStringView rest, StoreUrl::Scheme scheme, bool tls, quint16 port, const ErrorText &lacksSlashes)
{
    auto start = parseStart(rest, scheme, tls, lacksSlashes);
    if (!start)
        return start;
    for (const QStringView one : start->parts.servers.split(u',')) {
        auto server = parseServer(one, port);
        if (!server)
            return std::unexpected(server.error());
        if (!start->url.servers.contains(*server))
            start->url.servers.append(*std::move(server));
    }
    return start;
}

Result<StoreUrl> parseSentinel(QStringView rest, bool tls)
{
    auto start = parseServers(rest, StoreUrl::RedisSentinel, tls, 26379,
                              Error::tr("The store URL lacks the // before the hosts; write redis+sentinel://[user:password@]"
                                        "host[:port],host,.../MASTER[/number][?prefix=P&wait=N]."));
    if (!start)
        return std::unexpected(start.error());
    auto &[parts, url] = *start;
    const auto [master, database] = split(parts.path, u'/');
    auto masterName = decoded(master, "name of the master"_L1);
    if (!masterName)
        return std::unexpected(masterName.error());
    if (masterName->isEmpty())
        return wrong(Error::tr("The store URL lacks the name of the master that the sentinels watch; write "
                               "redis+sentinel://host:26379/mymaster, for example."));
    url.master = *std::move(masterName);
    if (const auto number = parseDatabase(database, &url); !number)
        return std::unexpected(number.error());
    const ErrorText unknown =
        Error::tr("The store URL has an unknown option; redis+sentinel: and rediss+sentinel: know prefix=P, wait=N, "
                  "sentinel-user=U and sentinel-password=W, with & between them.");
    const auto known = {QStringView(u"prefix"), QStringView(u"wait"), QStringView(u"sentinel-user"),
                        QStringView(u"sentinel-password")};
    if (const auto options = parseOptions(parts.query, known, unknown, &url); !options)
        return std::unexpected(options.error());
    return url;
}

Result<StoreUrl> parseCluster(QStringView rest, bool tls)
{
    auto start = parseServers(rest, StoreUrl::RedisCluster, tls, 6379,
                              Error::tr("The store URL lacks the // before the hosts; write "
                                        "redis+cluster://[user:password@]host[:port],host,...[?prefix=P&shards=N&wait=N]."));
    if (!start)
        return std::unexpected(start.error());
    auto &[parts, url] = *start;
    if (!parts.path.isEmpty())
        return wrong(Error::tr("The store URL names a database, and a cluster has only one; write "
                               "redis+cluster://[user:password@]host[:port],host,...[?prefix=P&shards=N&wait=N]."));
    const ErrorText unknown =
        Error::tr("The store URL has an unknown option; redis+cluster: and rediss+cluster: know prefix=P, shards=N and "
                  "wait=N, with & between them.");
    if (const auto options = parseOptions(parts.query, {u"prefix", u"shards", u"wait"}, unknown, &url); !options)
        return std::unexpected(options.error());
    if (url.prefix && (url.prefix->contains(u'{') || url.prefix->contains(u'}')))
        return wrong(Error::tr("The prefix in the store URL has braces, by which a cluster divides keys; leave them out."));
    return url;
}

Result<StoreUrl> parseRedisUnix(QStringView rest)
{
    if (rest.contains(u'?'))
        return wrong(Error::tr("The store URL has an unknown option; redis+unix: knows none (write %3F for a ? in a path)."));
    auto path = decoded(rest, "path"_L1);
    if (!path)
        return std::unexpected(path.error());
    if (path->isEmpty() || path->contains(QChar::Null))
        return wrong(
            Error::tr("The path in the store URL is empty; write redis+unix: and the path of the server's socket behind it."));
    return StoreUrl{.scheme = StoreUrl::RedisUnix, .path = *std::move(path)};
}

Result<StoreUrl> parseLive(QStringView rest)
{
    const QString name = rest.toString();
    if (name.contains(u'/') && !name.contains(QChar::Null))
        return StoreUrl{.scheme = StoreUrl::Live, .path = QFileInfo(name).absoluteFilePath()};
    if (const auto valid = LiveServer::checkName(name); !valid)
        return std::unexpected(valid.error());
    return StoreUrl{.scheme = StoreUrl::Live, .path = name};
}

/// Where one of the options that name a file, or the fingerprint, is kept.
QString *applicationOption(QStringView name, LiveTlsAddress &application)
{
    const std::pair<QStringView, QString *> options[] = {{u"ca", &application.caFile},
                                                         {u"fingerprint", &application.fingerprint},
                                                         {u"cert", &application.certificateFile},
                                                         {u"key", &application.keyFile},
                                                         {u"token-file", &application.tokenFile}};
    const auto option = std::ranges::find(options, name, [](const auto &known) { return known.first; });
    return option == std::end(options) ? nullptr : option->second;
}

Result<StoreUrl> parseLiveTls(QStringView rest)
{
    auto start =
        parseStart(rest, StoreUrl::LiveTls, true,
                   Error::tr("The store URL lacks the // before the host; write live+tls://host:port?token-file=FILE, for "
                             "example."));
    if (!start)
        return std::unexpected(start.error());
    auto &[parts, url] = *start;
    if (!url.user.isEmpty())
        return wrong(Error::tr("The store URL has a user, and live+tls knows none; a token stands behind a colon, "
                               "live+tls://:TOKEN@host:port, or better in a file that token-file=FILE names."));
    const auto server = parseServer(parts.servers, 0);
    if (!server)
        return std::unexpected(server.error());
    if (server->port == 0)
        return wrong(Error::tr("The store URL lacks the port; write live+tls://host:port, as the application listens."));
    if (!parts.path.isEmpty())
        return wrong(
            Error::tr("The store URL has a path, and live+tls knows none; write live+tls://host:port and options behind a ?."));
    url.host = server->host;
    url.port = server->port;
    LiveTlsAddress &application = url.application;
    application.host = server->host;
    application.port = server->port;
    application.token = url.password.value_or(QString());
    const QList<QStringView> options = parts.query.isNull() ? QList<QStringView>() : parts.query.split(u'&');
    for (const QStringView option : options) {
        const auto [name, value] = split(option, u'=');
        QString *const kept = applicationOption(name, application);
        if (!kept)
            return wrong(
                Error::tr("The store URL has an unknown option; live+tls: knows ca=FILE, fingerprint=HEX, cert=FILE, key=FILE "
                          "and token-file=FILE, with & between them."));
        auto text = decoded(value, QLatin1StringView(name.toLatin1()));
        if (!text)
            return std::unexpected(text.error());
        if (text->isEmpty())
            return wrong(Error::tr("The option %1 in the store URL is empty; leave it out, or write what it names.").arg(name));
        *kept = *std::move(text);
    }
    if (const auto valid = application.check(); !valid)
        return std::unexpected(valid.error());
    return url;
}

Result<StoreUrl> parseScheme(const QString &scheme, QStringView rest)
{
    if (scheme == u"memory")
        return rest.isEmpty() ? Result<StoreUrl>(StoreUrl())
                              : wrong(Error::tr("Nothing may stand behind memory: in the store URL."));
    if (scheme == u"sqlite")
        return parseSqlite(rest);
    if (scheme == u"redis" || scheme == u"rediss")
        return parseRedis(rest, scheme == u"rediss");
    if (scheme == u"redis+sentinel" || scheme == u"rediss+sentinel")
        return parseSentinel(rest, scheme == u"rediss+sentinel");
    if (scheme == u"redis+cluster" || scheme == u"rediss+cluster")
        return parseCluster(rest, scheme == u"rediss+cluster");
    if (scheme == u"redis+unix")
        return parseRedisUnix(rest);
    if (scheme == u"live")
        return parseLive(rest);
    if (scheme == u"live+tls")
        return parseLiveTls(rest);
    return wrong(
        Error::tr("The store URL begins with no scheme that is known; write memory:, sqlite:PATH[?synchronous=full], "
                  "redis://[user:password@]host[:port][/number][?prefix=P], rediss:// likewise, redis+unix:PATH, "
                  "redis+sentinel://host,host,.../MASTER, redis+cluster://host,host,..., live:NAME or live+tls://host:port."));
}

} // namespace

Result<StoreUrl> StoreUrl::parse(const QString &url)
{
    const auto [scheme, rest] = split(url, u':');
    auto parsed = parseScheme(rest.isNull() ? QString() : scheme.toString().toLower(), rest);
    if (parsed)
        parsed->display = u"%1:%2"_s.arg(scheme, parsed->display.isEmpty() ? rest : QStringView(parsed->display));
    return parsed;
}

} // namespace Sojourn
