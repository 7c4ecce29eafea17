// SPDX-License-Identifier: MIT
#include "options.h"

#include "arguments.h"
#include "seconds.h"

#include <Sojourn/LiveServer>
#include <Sojourn/version.h>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr OptionInfo Known[] = {
    {"address", "IP", "IP address to listen on.", "127.0.0.1"},
    {"port", "PORT", "Port to listen on, 0 for any free one.", "8080"},
    {"store", "URL",
     "Where sessions live: memory:, sqlite:PATH, redis://HOST, redis+unix:PATH, redis+sentinel://HOST,HOST,.../MASTER or "
     "redis+cluster://HOST,HOST,.... Default: a file in your data folder."},
    {"front-end", "hooks|routes", "How sessions reach the handlers: hooks or routes.", "routes"},
    {"cookie-name", "NAME", "Name of the session cookie.", "id"},
    {"insecure-cookie", nullptr, "Leave Secure out of the cookie, for plain http to other machines."},
    {"same-site", "strict|lax|none", "SameSite of the cookie: strict, lax or none.", "lax"},
    {"idle", "SECONDS", "A session ends after this time without a request. Default: two weeks."},
    {"absolute", "SECONDS", "A session ends this long after its beginning, whatever happens. Default: never."},
    {"renew", "SECONDS", "Ids older than this are replaced. Default: never."},
    {"grace", "SECONDS", "How long the id before a renewal stays good. Default: 30."},
    {"touch", "SECONDS", "Least time between two notes that a session is in use. Default: a tenth of the idle time, 1 to 60."},
    {"session-end", nullptr, "Browsers forget the cookie when they close."},
    {"live", "NAME", "Name under which the inspector finds this program, or none. Default: sojourn-demo."},
    {"live-tls", "IP:PORT", "Also let the inspector on other machines in, over TLS; port 0: any free one. Default: not."},
    {"live-cert", "FILE", "With --live-tls: file of this program's certificate, in PEM."},
    {"live-key", "FILE", "With --live-tls: file of its private key, in PEM. Default: in the same file."},
    {"live-token-file", "FILE", "With --live-tls: file with the secret that clients must know."},
    {"live-client-ca", "FILE", "With --live-tls: file of the authorities whose client certificates are let in, in PEM."},
    {"max-sessions-per-user", "N", "How many sessions one user may have. Default: any number."},
    {"cap-policy", "evict|refuse", "Above that number: evict the oldest session, or refuse the new one.", "evict"},
    {"store-timeout", "MS", "How long a store operation may take. Default: 2000."},
    {"size-limit", "BYTES", "Largest session data. Default: 262144."},
    {"sweep", "SECONDS", "Time between removals of expired sessions, 0 for never. Default: 60."},
    {"threads", "N", "How many threads serve requests.", "1"},
    {"help", nullptr, "Show this help."},
    {"version", nullptr, "Show the version."},
};

/// Reads the values of options and keeps the first complaint.
class OptionReader
{
public:
    explicit OptionReader(const Arguments &arguments) : m_arguments(arguments) { }

    bool has(const QString &name) const { return m_arguments.has(name); }
    QString complaint() const { return m_complaint; }

    void complain(const QString &name, const QString &wanted)
    {
        if (m_complaint.isEmpty())
            m_complaint = u"--%1 %2: give %3."_s.arg(name, m_arguments.value(name), wanted);
    }

    QString text(const QString &name, const QString &wanted)
    {
        const QString value = m_arguments.value(name);
        if (has(name) && value.isEmpty())
            complain(name, wanted);
        return value;
    }

    template<class Choice>
    Choice choice(const QString &name, std::initializer_list<std::pair<QLatin1StringView, Choice>> choices)
    {
        QStringList known;
        for (const auto &[word, meaning] : choices) {
            if (m_arguments.value(name) == word)
                return meaning;
            known << word;
        }
        complain(name, known.join(" or "_L1));
        return choices.begin()->second;
    }

    qint64 integer(const QString &name, qint64 least, qint64 most, const QString &wanted)
    {
        bool ok = false;
        const qint64 value = m_arguments.value(name).toLongLong(&ok);
        if (!ok || value < least || value > most)
            complain(name, wanted);
        return value;
    }

    /// Seconds with an optional fraction; a zero only where it means something.
    std::optional<milliseconds> seconds(const QString &name, bool zeroAllowed = false)
    {
        if (!has(name))
            return {};
        const auto value = secondsFromText(m_arguments.value(name));
        if (!value || (value->count() == 0 && !zeroAllowed)) {
            complain(name, zeroAllowed ? u"a number of seconds, 0 or more, such as 30 or 0.5"_s
                                       : u"a number of seconds above 0, such as 30 or 0.5"_s);
        }
        return value;
    }

private:
    const Arguments &m_arguments;
    QString m_complaint;
};

void readLiveTls(OptionReader &read, Options &options)
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

[[noreturn]] void showAndExit(const QString &text)
{
    std::fputs(qPrintable(text), stdout);
    std::exit(EXIT_SUCCESS);
}

} // namespace

std::expected<Options, QString> Options::parse(const QStringList &arguments)
{
    const auto given = Arguments::parse(arguments.mid(1), {.options = Known, .hint = u"Try --help."_s});
    if (!given)
        return std::unexpected(given.error());
    if (given->has(u"help"_s))
        showAndExit(helpText(u"sojourn-demo [OPTIONS]"_s,
                             u"A small web shop whose log-in, cart and visit counter live in Sojourn sessions."_s, Known));
    if (given->has(u"version"_s))
        showAndExit(u"sojourn-demo " SOJOURN_VERSION_STR "\n"_s);
    if (!given->operands.isEmpty())
        return std::unexpected(
            u"Nothing to do with \"%1\": sojourn-demo takes options only. Try --help."_s.arg(shortened(given->operands.first())));

    OptionReader read(*given);
    Options options;
    if (!options.address.setAddress(given->value(u"address"_s)))
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
