// SPDX-License-Identifier: MIT
#include "cli.h"

#include "interrupt.h"
#include "progressline.h"
#include "sources.h"
#include "sqlitefiles.h"
#include "terminal.h"

#include <Sojourn/Diff>
#include <Sojourn/MemoryStore>
#include <Sojourn/SnapshotReader>
#include <Sojourn/StoreCopy>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonObject>

#include <cstdio>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

const Failure Stopped{Interrupted, u"Stopped."_s};

// Long work that a person can watch and stop.
class Watched
{
public:
    SnapshotControl control()
    {
        return {[this](const SnapshotProgress &progress) { m_line.show(progress); }, m_interrupt.token()};
    }
    /// Of work that failed, perhaps because it was stopped.
    std::unexpected<Failure> fail(const Error &error) const
    {
        return m_interrupt.token().isStopRequested() ? ::fail(Interrupted, error.text) : ::fail(error);
    }

private:
    Interrupt m_interrupt;
    ProgressLine m_line;
};

// Whether opening the store makes a file, which a bad snapshot must not leave behind.
bool wouldMakeFile(const QString &store)
{
    static constexpr QLatin1StringView sqlite = "sqlite:"_L1;
    const QString address = isStoreUrl(store) ? storeAddress(store) : QString();
    return address.startsWith(sqlite) && !QFileInfo::exists(address.sliced(sqlite.size()));
}

// A snapshot is only read.
Outcome<void> writableTarget(const QString &store)
{
    if (isStoreUrl(store) || !QFileInfo(store).isFile() || belongsToSqlite(store))
        return {};
    return fail(UsageError, u"%1 is no SQLite file, and a snapshot is only read. The command export writes one."_s.arg(store));
}

std::shared_ptr<SessionStore> emptyStore()
{
    auto store = std::make_shared<MemoryStore>();
    store->setSizeLimit(SnapshotReader::MaxRecordSize);
    return store;
}

QString describe(const SessionDifference &difference)
{
    QStringList parts;
    const auto add = [&parts](const QString &title, const QStringList &names) {
        if (!names.isEmpty())
            parts.append(title + names.join(", "_L1));
    };
    add({}, difference.fields());
    if (difference.kind() == SessionDifference::Changed) {
        add(u"added: "_s, difference.addedAttributes());
        add(u"removed: "_s, difference.removedAttributes());
        add(u"changed: "_s, difference.changedAttributes());
    } else {
        parts.append(u"%1 attributes"_s.arg(difference.record().attributeCount));
    }
    static constexpr struct
    {
        char16_t sign;
        Terminal::Style style;
    } kinds[] = {{u'+', Terminal::Green}, {u'-', Terminal::Red}, {u'~', Terminal::Yellow}};
    const auto &[sign, style] = kinds[difference.kind()];
    const QString user = difference.record().user.isNull() ? u"-"_s : difference.record().user;
    return Terminal::styled(u"%1 %2  %3  "_s.arg(QChar(sign)).arg(difference.record().key.toString(), Terminal::harmless(user)),
                            style)
         + Terminal::harmless(parts.join("; "_L1)) + u'\n';
}

} // namespace

Outcome<void> Cli::exportSnapshot()
{
    QString fileName = m_line.value(u"output"_s);
    if (m_line.has(u"output"_s) && fileName.isEmpty())
        return fail(UsageError, u"--output needs the name of a file, or - for standard output."_s);
    if (fileName == "-"_L1)
        fileName.clear();
    if (isStoreUrl(fileName))
        return fail(UsageError, u"export writes to a file, not to %1. To fill that store, import the file there."_s.arg(
                                    displayUrl(fileName)));
    if (belongsToSqlite(fileName))
        return fail(UsageError,
                    u"%1 is part of an SQLite database, which the export would replace. Give another name."_s.arg(fileName));
    ExportOptions options;
    options.storeUrl = isStoreUrl(m_line.store()) ? displayUrl(m_line.store()) : m_line.store();
    options.format = snapshotFormatOf(fileName);
    const QString format = m_line.value(u"format"_s);
    if (format == "json"_L1)
        options.format = SnapshotFormat::Json;
    else if (format == "jsonl"_L1)
        options.format = SnapshotFormat::JsonLines;
    else if (m_line.has(u"format"_s))
        return fail(UsageError, u"--format must be json or jsonl, not \"%1\"."_s.arg(format));

    QStringList missing;
    const auto keys = this->keys(m_line.operands, &missing);
    if (!keys)
        return std::unexpected(keys.error());
    if (!missing.isEmpty())
        return fail(NotFound, u"There is no session %1. Nothing was exported."_s.arg(missing.join(" and no session "_L1)));
    options.keys = *keys;
    const auto selection = this->selection();
    if (!selection)
        return std::unexpected(selection.error());
    options.user = selection->user;
    if (!selection->conditions.isEmpty() || (selection->user && !keys->isEmpty()))
        options.filter = [this, &selection](const SessionRecord &record) { return selection->matches(record, m_store->now()); };

    Watched watched;
    QFile output;
    if (fileName.isEmpty() && !output.open(stdout, QIODevice::WriteOnly))
        return fail(Failed, u"Cannot write to standard output: %1."_s.arg(output.errorString()));
    const auto summary = fileName.isEmpty() ? await(exportSessions(m_store, &output, options, watched.control()))
                                            : await(exportToFile(m_store, fileName, options, watched.control()));
    if (!summary)
        return watched.fail(summary.error());
    if (summary->canceled)
        return std::unexpected(Stopped);
    if (fileName.isEmpty() && !output.flush())
        return fail(Failed, u"Cannot write to standard output: %1."_s.arg(output.errorString()));
    if (summary->unfit > 0)
        Terminal::note(u"%1 left out: no store would take what they hold. They stay where they are."_s.arg(
            Terminal::sessions(summary->unfit)));
    if (Terminal::isOutput() && !fileName.isEmpty())
        Terminal::print(u"%1 written to %2.\n"_s.arg(Terminal::sessions(summary->sessions), Terminal::harmless(fileName)));
    return {};
}

Outcome<ImportOptions::OnConflict> Cli::conflictPolicy() const
{
    const QString policy = m_line.value(u"on-conflict"_s, u"fail"_s);
    if (policy == "skip"_L1)
        return ImportOptions::Skip;
    if (policy == "overwrite"_L1)
        return ImportOptions::Overwrite;
    if (policy == "fail"_L1)
        return ImportOptions::Fail;
    return fail(UsageError, u"--on-conflict must be skip, overwrite or fail, not \"%1\"."_s.arg(policy));
}

Outcome<void> Cli::printImport(const ImportSummary &summary, ImportOptions::OnConflict policy, const QString &verb) const
{
    const bool isDryRun = m_line.isDryRun(), skips = policy == ImportOptions::Skip;
    // A dry run counts those that are there already apart, whatever would become of them.
    const bool overwrites = policy == ImportOptions::Overwrite;
    const qint64 done = summary.imported + (isDryRun && overwrites ? summary.conflicts : 0);
    const bool refused = isDryRun && policy == ImportOptions::Fail && summary.conflicts > 0;
    if (wantsJson()) {
        QJsonObject json{{verb, refused ? 0 : done},
                         {u"expired"_s, summary.expired},
                         {u"skipped"_s, skips ? summary.conflicts : 0},
                         {u"overwritten"_s, overwrites ? summary.conflicts : 0}};
        if (isDryRun)
            json.insert("dryRun"_L1, true);
        Terminal::print(Terminal::json(json) + '\n');
    } else if (!refused) {
        Terminal::print(u"%1 %2%3"_s.arg(Terminal::sessions(done), isDryRun ? u"would be "_s : QString(), verb));
        if (summary.conflicts > 0)
            Terminal::print((skips ? u", %1 skipped that the store has already"_s : u", of these %1 in place of others"_s)
                                .arg(summary.conflicts));
        if (summary.expired > 0)
            Terminal::print(u", %1 left out that had expired"_s.arg(summary.expired));
        Terminal::print(u".\n"_s);
    }
    if (summary.canceled)
        return std::unexpected(Stopped);
    if (refused)
        return fail(Conflict, u"%1 of the sessions are in the store already, so that nothing would be %2. Choose "
                              "--on-conflict skip or overwrite."_s.arg(summary.conflicts)
                                  .arg(verb));
    return {};
}

Outcome<void> Cli::importSnapshot()
{
    ImportOptions options;
    const auto policy = conflictPolicy();
    if (!policy)
        return std::unexpected(policy.error());
    options.onConflict = *policy;
    options.dryRun = m_line.isDryRun();

    if (const auto writable = writableTarget(m_line.store()); !writable)
        return writable;
    const QString fileName = m_line.operands.first();
    if (isStoreUrl(fileName))
        return fail(UsageError,
                    u"import reads a file, not %1. The command copy goes from store to store."_s.arg(displayUrl(fileName)));
    const auto input = InputFile::open(fileName);
    if (!input)
        return std::unexpected(input.error());
    std::optional<Watched> watched(std::in_place);
    const bool makesFile = wouldMakeFile(m_line.store());
    if (makesFile) {
        const auto looked = await(importSessions(emptyStore(), input->path(), {.dryRun = true}, watched->control()));
        if (!looked)
            return watched->fail({looked.error().code, input->inWords(looked.error().text)});
    }
    m_store = emptyStore();
    if (!makesFile || !options.dryRun) {
        auto store = openStore(m_line.store(), {.readOnly = m_line.has(u"read-only"_s), .password = {}, .create = true});
        if (!store)
            return std::unexpected(store.error());
        m_store = *std::move(store);
    }
    auto summary = await(importSessions(m_store, input->path(), options, watched->control()));
    if (!summary) {
        summary.error().text = input->inWords(summary.error().text);
        return watched->fail(summary.error());
    }
    watched.reset();
    return printImport(*summary, options.onConflict, u"imported"_s);
}

Outcome<void> Cli::copy()
{
    const QString to = m_line.operands.first();
    CopyOptions options;
    const auto policy = conflictPolicy();
    if (!policy)
        return std::unexpected(policy.error());
    options.onConflict = *policy;
    options.dryRun = m_line.isDryRun();
    if (const auto writable = writableTarget(to); !writable)
        return writable;
    const QString same = u"Both stores are the same. Give another one to copy to."_s;
    if (addressOf(to) == addressOf(m_line.store()))
        return fail(UsageError, same);
    QStringList missing;
    const auto keys = this->keys(m_line.operands.sliced(1), &missing);
    if (!keys)
        return std::unexpected(keys.error());
    if (!missing.isEmpty())
        return fail(NotFound, u"There is no session %1. Nothing was copied."_s.arg(missing.join(" and no session "_L1)));
    options.keys = *keys;
    const auto selection = this->selection();
    if (!selection)
        return std::unexpected(selection.error());
    options.user = selection->user;
    options.filter = [this, &selection](const SessionRecord &record) { return selection->matches(record, m_store->now()); };
    // What is only looked at, or cannot be read to begin with, makes no file.
    const auto readable = await(m_store->count());
    if (!readable)
        return fail(readable.error());
    std::shared_ptr<SessionStore> target = emptyStore(); // as the one would be that a dry run does not make
    if (!options.dryRun || !wouldMakeFile(to)) {
        auto opened = openStore(to, {.readOnly = m_line.has(u"read-only"_s), .password = {}, .create = true});
        if (!opened)
            return std::unexpected(opened.error());
        target = *std::move(opened);
    }
    // Nor by two addresses. Who tells no name is taken at its word.
    const QStringList names = await(m_store->identities()).value_or(QStringList());
    const QStringList targetNames = await(target->identities()).value_or(QStringList());
    if (std::ranges::any_of(names, [&](const QString &name) { return targetNames.contains(name); }))
        return fail(UsageError, same);
    std::optional<Watched> watched(std::in_place);
    const auto summary = await(copySessions(m_store, target, options, watched->control()));
    if (!summary)
        return watched->fail(summary.error());
    watched.reset();
    return printImport(*summary, options.onConflict, u"copied"_s);
}

Outcome<void> Cli::diff()
{
    if (m_line.operands.at(0) == "-"_L1 && m_line.operands.at(1) == "-"_L1)
        return fail(UsageError, u"Only one of the two can be standard input."_s);
    Terminal::startPaging();
    std::optional<Watched> watched(std::in_place);
    const auto before = openSource(m_line.operands.at(0), watched->control());
    if (!before)
        return std::unexpected(before.error());
    const auto after = openSource(m_line.operands.at(1), watched->control());
    if (!after)
        return std::unexpected(after.error());

    QByteArray separator = "[\n";
    const auto print = [this, &separator](const SessionDifference &difference) {
        Terminal::leavingMeans(Differs);
        if (wantsJson())
            Terminal::print(std::exchange(separator, ",\n") + Terminal::json(difference.toJson()));
        else
            Terminal::print(describe(difference));
    };
    const auto summary = await(diffStores(*before, *after, print, watched->control()));
    if (!summary)
        return watched->fail(summary.error());
    watched.reset();
    if (summary->canceled)
        return std::unexpected(Stopped);
    if (wantsJson())
        Terminal::print(separator == "[\n" ? "[]\n"_ba : "\n]\n"_ba);
    else if (summary->added + summary->removed + summary->changed == 0)
        Terminal::print(u"No session differs.\n"_s);
    else
        Terminal::print(u"%1 added, %2 removed, %3 changed\n"_s.arg(summary->added).arg(summary->removed).arg(summary->changed));
    if (summary->added + summary->removed + summary->changed > 0)
        return fail(Differs, {});
    return {};
}
