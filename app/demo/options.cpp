// SPDX-License-Identifier: MIT
#include "options.h"

#include "seconds.h"

#include <Sojourn/LiveServer>

#include <QtCore/QCommandLineParser>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

/// Reads the values of options and keeps the first complaint.
class Reader
{
public:
    explicit Reader(const QCommandLineParser &parser) : m_parser(parser) { }

    bool has(const QString &name) const { return m_parser.isSet(name); }
    QString complaint() const { return m_complaint; }

    void complain(const QString &name, const QString &wanted)
    {
        if (m_complaint.isEmpty())
            m_complaint = u"--%1 %2: give %3."_s.arg(name, m_parser.value(name), wanted);
    }

    QString text(const QString &name, const QString &wanted)
    {
        const QString value = m_parser.value(name);
        if (has(name) && value.isEmpty())
            complain(name, wanted);
        return value;
    }

    template<class Choice>
    Choice choice(const QString &name, std::initializer_list<std::pair<QLatin1StringView, Choice>> choices)
    {
        QStringList known;
        for (const auto &[word, meaning] : choices) {
            if (m_parser.value(name) == word)
                return meaning;
            known << word;
        }
        complain(name, known.join(" or "_L1));
        return choices.begin()->second;
    }

    qint64 integer(const QString &name, qint64 least, qint64 most, const QString &wanted)
    {
        bool ok = false;
        const qint64 value = m_parser.value(name).toLongLong(&ok);
        if (!ok || value < least || value > most)
            complain(name, wanted);
        return value;
    }

    /// Seconds with an optional fraction; a zero only where it means something.
    std::optional<milliseconds> seconds(const QString &name, bool zeroAllowed = false)
    {
        if (!has(name))
            return {};
        const auto value = secondsFromText(m_parser.value(name));
        if (!value || (value->count() == 0 && !zeroAllowed)) {
            complain(name, zeroAllowed ? u"a number of seconds, 0 or more, such as 30 or 0.5"_s
                                       : u"a number of seconds above 0, such as 30 or 0.5"_s);
        }
        return value;
    }

private:
    const QCommandLineParser &m_parser;
    QString m_complaint;
};

void readLiveTls(Reader &read, Options &options)
{
    const QString where = read.text(u"live-tls"_s, u"an IP address and a port, such as 0.0.0.0:7443 or [::1]:7443"_s);
    Sojourn::LiveTlsOptions &tls = options.liveTls;
    tls.certificateFile = read.text(u"live-cert"_s, u"a file"_s);
    tls.keyFile = read.text(u"live-key"_s, u"a file"_s);
    tls.tokenFile = read.text(u"live-token-file"_s, u"a file"_s);
    tls.clientCaFile = read.text(u"live-client-ca"_s, u"a file"_s);
    if (where.isEmpty()) {
        for (const QString &name : {u"live-cert"_s, u"live-key"_s, u"live-token-file"_s, u"live-client-ca"_s}) {
            if (read.has(name))
                read.complain(name, u"--live-tls IP:PORT too"_s);
        }
        return;
    }
    const qsizetype colon = where.lastIndexOf(u':');
    QString address = where.first(std::max<qsizetype>(colon, 0));
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.sliced(1).chopped(1);
    bool ok = false;
    options.liveTlsPort = where.sliced(colon + 1).toUShort(&ok);
    if (!ok || colon < 0 || !options.liveTlsAddress.setAddress(address))
        read.complain(u"live-tls"_s, u"an IP address and a port, such as 0.0.0.0:7443 or [::1]:7443"_s);
}

} // namespace

std::expected<Options, QString> Options::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A small web shop whose log-in, cart and visit counter live in Sojourn sessions."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"address"_s, u"IP address to listen on."_s, u"IP"_s, u"127.0.0.1"_s},
        {u"port"_s, u"Port to listen on, 0 for any free one."_s, u"PORT"_s, u"8080"_s},
        {u"store"_s,
         u"Where sessions live: memory:, sqlite:PATH, redis://HOST, redis+unix:PATH, redis+sentinel://HOST,HOST,.../MASTER or "
         "redis+cluster://HOST,HOST,.... Default: a file in your data folder."_s,
         u"URL"_s},
        {u"front-end"_s, u"How sessions reach the handlers: hooks or routes."_s, u"hooks|routes"_s, u"routes"_s},
        {u"cookie-name"_s, u"Name of the session cookie."_s, u"NAME"_s, u"id"_s},
        {u"insecure-cookie"_s, u"Leave Secure out of the cookie, for plain http to other machines."_s},
        {u"same-site"_s, u"SameSite of the cookie: strict, lax or none."_s, u"strict|lax|none"_s, u"lax"_s},
        {u"idle"_s, u"A session ends after this time without a request. Default: two weeks."_s, u"SECONDS"_s},
        {u"absolute"_s, u"A session ends this long after its beginning, whatever happens. Default: never."_s, u"SECONDS"_s},
        {u"renew"_s, u"Ids older than this are replaced. Default: never."_s, u"SECONDS"_s},
        {u"grace"_s, u"How long the id before a renewal stays good. Default: 30."_s, u"SECONDS"_s},
        {u"touch"_s, u"Least time between two notes that a session is in use. Default: a tenth of the idle time, 1 to 60."_s,
         u"SECONDS"_s},
        {u"session-end"_s, u"Browsers forget the cookie when they close."_s},
        {u"live"_s, u"Name under which the inspector finds this program, or none. Default: sojourn-demo."_s, u"NAME"_s},
        {u"live-tls"_s, u"Also let the inspector on other machines in, over TLS; port 0: any free one. Default: not."_s,
         u"IP:PORT"_s},
        {u"live-cert"_s, u"With --live-tls: file of this program's certificate, in PEM."_s, u"FILE"_s},
        {u"live-key"_s, u"With --live-tls: file of its private key, in PEM. Default: in the same file."_s, u"FILE"_s},
        {u"live-token-file"_s, u"With --live-tls: file with the secret that clients must know."_s, u"FILE"_s},
        {u"live-client-ca"_s, u"With --live-tls: file of the authorities whose client certificates are let in, in PEM."_s,
         u"FILE"_s},
        {u"max-sessions-per-user"_s, u"How many sessions one user may have. Default: any number."_s, u"N"_s},
        {u"cap-policy"_s, u"Above that number: evict the oldest session, or refuse the new one."_s, u"evict|refuse"_s,
         u"evict"_s},
        {u"store-timeout"_s, u"How long a store operation may take. Default: 2000."_s, u"MS"_s},
        {u"size-limit"_s, u"Largest session data. Default: 262144."_s, u"BYTES"_s},
        {u"sweep"_s, u"Time between removals of expired sessions, 0 for never. Default: 60."_s, u"SECONDS"_s},
        {u"threads"_s, u"How many threads serve requests. Default: 1."_s, u"N"_s, u"1"_s},
    });
    if (!parser.parse(arguments))
        return std::unexpected(parser.errorText() + u" Try --help."_s);
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (!parser.positionalArguments().isEmpty())
        return std::unexpected(u"Nothing to do with \"%1\": sojourn-demo takes options only. Try --help."_s.arg(
            parser.positionalArguments().constFirst()));

    Reader read(parser);
    Options options;
    if (!options.address.setAddress(parser.value(u"address"_s)))
        read.complain(u"address"_s, u"an IP address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1"_s);
    options.port = quint16(read.integer(u"port"_s, 0, 65535, u"a port from 0 to 65535"_s));
    options.store = read.text(u"store"_s, u"a store URL such as memory: or sqlite:/tmp/sessions.sqlite"_s);
    options.frontEnd = read.choice<FrontEnd>(u"front-end"_s, {{"hooks"_L1, FrontEnd::Hooks}, {"routes"_L1, FrontEnd::Routes}});
    auto &cookie = options.sessions.cookie;
    cookie.name = read.text(u"cookie-name"_s, u"a name for the cookie"_s).toUtf8();
    cookie.secure = !read.has(u"insecure-cookie"_s);
    using Sojourn::SameSite;
    cookie.sameSite = read.choice<SameSite>(
        u"same-site"_s, {{"strict"_L1, SameSite::Strict}, {"lax"_L1, SameSite::Lax}, {"none"_L1, SameSite::None}});
    auto &policy = options.sessions.policy;
    if (const auto idle = read.seconds(u"idle"_s))
        policy.idle = *idle;
    policy.absolute = read.seconds(u"absolute"_s);
    policy.renewInterval = read.seconds(u"renew"_s);
    if (const auto grace = read.seconds(u"grace"_s, true))
        policy.grace = *grace;
    policy.touchInterval = read.seconds(u"touch"_s, true);
    policy.sessionEnd = read.has(u"session-end"_s);
    options.live = read.text(u"live"_s, u"a name, or none"_s);
    readLiveTls(read, options);
    using Sojourn::UserCap;
    const auto capPolicy = read.choice<UserCap::Policy>(u"cap-policy"_s,
                                                        {{"evict"_L1, UserCap::Evict}, {"refuse"_L1, UserCap::Refuse}});
    if (read.has(u"max-sessions-per-user"_s))
        policy.cap = UserCap{int(read.integer(u"max-sessions-per-user"_s, 1, 1'000'000, u"a number from 1 to 1000000"_s)),
                             capPolicy};
    if (read.has(u"store-timeout"_s))
        options.storeTimeout = milliseconds(read.integer(u"store-timeout"_s, 1, 3'600'000, u"milliseconds from 1 to 3600000"_s));
    if (read.has(u"size-limit"_s))
        options.sessions.sizeLimit = qsizetype(read.integer(u"size-limit"_s, 1, 1 << 30, u"bytes from 1 to 1073741824"_s));
    if (const auto sweep = read.seconds(u"sweep"_s, true))
        options.sessions.sweepInterval = *sweep;

    options.threads = int(read.integer(u"threads"_s, 1, 256, u"a number of threads from 1 to 256"_s));

    if (!read.complaint().isEmpty())
        return std::unexpected(read.complaint());
    if (!options.live.isEmpty()) {
        if (const auto valid = Sojourn::LiveServer::checkName(options.live); !valid)
            return std::unexpected(valid.error().text);
    }
    if (const auto valid = options.sessions.validate(); !valid)
        return std::unexpected(valid.error().text);
    return options;
}
