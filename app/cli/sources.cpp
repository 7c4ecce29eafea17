// SPDX-License-Identifier: MIT
#include "sources.h"

#include "cli.h"
#include "commandinfo.h"
#include "sqlitefiles.h"
#include "terminal.h"

#include <Sojourn/SnapshotReader>
#include <Sojourn/SnapshotStore>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cstdio>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

// A person may wait longer for a busy store than a request of an application may.
constexpr std::chrono::seconds Patience{10};

// The password that the URL leaves open, if it should have one. What is meant for one server is not shown to another.
std::optional<QString> passwordFor(const QString &url, bool takesVariable)
{
    if (takesVariable && qEnvironmentVariableIsSet("SOJOURN_PASSWORD"))
        return qEnvironmentVariable("SOJOURN_PASSWORD");
    const QString authority = url.section("//"_L1, 1).section(u'/', 0, 0);
    const QString userInfo = authority.contains(u'@') ? authority.section(u'@', 0, -2) : QString();
    if (!url.startsWith("redis"_L1, Qt::CaseInsensitive) || userInfo.isEmpty() || userInfo.contains(u':'))
        return std::nullopt;
    return Terminal::askPassword(u"Password for %1: "_s.arg(displayUrl(url)));
}

QString sqliteUrl(QString path)
{
    return u"sqlite:"_s + path.replace(u'%', "%25"_L1).replace(u'?', "%3F"_L1);
}

} // namespace

bool isStoreUrl(const QString &text)
{
    static constexpr QLatin1StringView schemes[] = {
        "memory:"_L1,          "sqlite:"_L1,        "redis:"_L1,          "rediss:"_L1, "redis+unix:"_L1, "redis+sentinel:"_L1,
        "rediss+sentinel:"_L1, "redis+cluster:"_L1, "rediss+cluster:"_L1, "live:"_L1,   "live+tls:"_L1};
    const bool known = std::ranges::any_of(schemes, [&](QLatin1StringView scheme) {
        return text.startsWith(scheme, Qt::CaseInsensitive);
    });
    // A single letter is a drive of Windows.
    static const QRegularExpression scheme(u"^[A-Za-z][A-Za-z0-9+.-]+:"_s);
    return known || (scheme.match(text).hasMatch() && !QFileInfo::exists(text));
}

QString addressOf(const QString &urlOrPath)
{
    if (isStoreUrl(urlOrPath))
        return storeAddress(urlOrPath);
    return isSqliteFile(urlOrPath) ? storeAddress(sqliteUrl(urlOrPath)) : QFileInfo(urlOrPath).absoluteFilePath();
}

Outcome<InputFile> InputFile::open(const QString &fileName)
{
    InputFile input;
    input.m_name = fileName == "-"_L1 ? u"standard input"_s : fileName;
    const QFileInfo info(fileName);
    if (fileName != "-"_L1 && (!info.exists() || info.isFile() || info.isDir()))
        return input;

    QFile source(fileName);
    if (!(fileName == "-"_L1 ? source.open(stdin, QIODevice::ReadOnly) : source.open(QIODevice::ReadOnly)))
        return fail(Failed, u"Cannot read %1: %2."_s.arg(input.m_name, source.errorString()));
    input.m_copy = std::make_unique<QTemporaryFile>(QDir::temp().filePath(u"sojourn-XXXXXX"_s)); // only for this user
    if (!input.m_copy->open())
        return fail(Failed, u"Cannot keep %1 for reading it twice: %2."_s.arg(input.m_name, input.m_copy->errorString()));
    for (;;) {
        const QByteArray chunk = source.read(64 * 1024);
        if (chunk.isEmpty())
            break;
        if (input.m_copy->write(chunk) != chunk.size())
            return fail(Failed, u"Cannot keep %1 for reading it twice: %2."_s.arg(input.m_name, input.m_copy->errorString()));
    }
    if (source.error() != QFileDevice::NoError)
        return fail(Failed, u"Cannot read %1: %2."_s.arg(input.m_name, source.errorString()));
    if (!input.m_copy->flush())
        return fail(Failed, u"Cannot keep %1 for reading it twice: %2."_s.arg(input.m_name, input.m_copy->errorString()));
    return input;
}

Outcome<std::shared_ptr<SessionStore>> Cli::openStore(const QString &urlOrPath, StoreOptions options) const
{
    QString url = urlOrPath;
    if (!isStoreUrl(url)) {
        const QFileInfo file(url);
        if (!file.exists())
            return fail(Failed, u"There is no file %1. A store is a URL, as in sqlite:PATH, or the path of a file; "
                                "only import and copy make a new sqlite:PATH."_s.arg(shortened(url)));
        if (file.isDir())
            return fail(Failed, u"%1 is a folder. Give the path of an SQLite file or of a snapshot."_s.arg(url));
        if (!isSqliteFile(url))
            return openSnapshotStore(url);
        url = sqliteUrl(url);
    }
    const bool isTheOnlyOne = (m_line.store().isEmpty() || !m_line.command->needsStore)
                           && std::ranges::none_of(m_line.operands,
                                                   [&](const QString &other) { return other != urlOrPath && isStoreUrl(other); });
    options.password = passwordFor(url, urlOrPath == m_line.store() || isTheOnlyOne);
    auto store = storeFromUrl(url, options);
    if (!store)
        return store.error() == Error::Invalid ? fail(UsageError, store.error().text) : fail(store.error());
    // Only a live store knows the limit of its application, and goes by that; for the others any that can be is right.
    (*store)->setSizeLimit(SnapshotReader::MaxRecordSize);
    (*store)->setTimeout(Patience);
    return *std::move(store);
}

Outcome<std::shared_ptr<SessionStore>> Cli::openSnapshotStore(const QString &fileName, const SnapshotControl &control) const
{
    const auto input = InputFile::open(fileName);
    if (!input)
        return std::unexpected(input.error());
    auto store = await(openSnapshot(input->path(), control));
    if (store)
        return *std::move(store);
    const QString text = input->inWords(store.error().text);
    if (control.stop.isStopRequested())
        return fail(Interrupted, text);
    return fail(Failed, text.contains(fileName) ? text : u"%1: %2"_s.arg(fileName, text));
}

Outcome<std::shared_ptr<SessionStore>> Cli::openSource(const QString &fileOrUrl, const SnapshotControl &control) const
{
    if (isStoreUrl(fileOrUrl) || isSqliteFile(fileOrUrl))
        return openStore(fileOrUrl, {.readOnly = true, .password = {}, .create = false});
    return openSnapshotStore(fileOrUrl, control);
}
