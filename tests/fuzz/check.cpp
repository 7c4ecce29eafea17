// SPDX-License-Identifier: MIT

// Runs a fuzzer's seeds and some thousand mutations of them, always the same ones: fuzzing as a quick test, with any compiler.
// With --write FOLDER it writes the seeds there instead, as the corpus that libFuzzer begins with; with --mutations N it tries so
// many, others each time, and prints the input that it fails over.

#include "fuzz.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <cstdio>
#include <random>

namespace {

constexpr qint64 Mutations = 5000;

QByteArray current; // what is being tried

void printInput(QtMsgType, const QMessageLogContext &, const QString &text)
{
    std::fprintf(stderr, "%s\n%s\n", qPrintable(text), current.toBase64().constData());
}

class Mutator
{
public:
    explicit Mutator(const QList<QByteArray> &seeds, quint64 start = std::mt19937_64::default_seed)
        : m_seeds(seeds), m_random(start)
    { }

    QByteArray next()
    {
        QByteArray bytes = m_seeds[below(m_seeds.size())];
        for (qsizetype left = 1 + below(4); left > 0; --left)
            mutate(bytes);
        return bytes;
    }

private:
    // Not a std::uniform_int_distribution: that differs from one library to the next.
    qsizetype below(qsizetype limit) { return limit > 0 ? static_cast<qsizetype>(m_random() % static_cast<quint64>(limit)) : 0; }

    void mutate(QByteArray &bytes)
    {
        static constexpr char edges[] = {'\0', '\x01', '\x7f', '\x80', '\xff', '"', '\\', '%', ',', '[', '{', '\n'};
        const qsizetype at = below(bytes.size());
        const qsizetype length = below(std::min<qsizetype>(bytes.size() - at, 16)) + 1;
        switch (below(7)) {
        case 0:
            if (!bytes.isEmpty())
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            break;
        case 1:
            if (!bytes.isEmpty())
                bytes[at] = edges[below(sizeof edges)];
            break;
        case 2:
            bytes.insert(at, static_cast<char>(m_random()));
            break;
        case 3:
            bytes.remove(at, length);
            break;
        case 4:
            bytes.insert(at, bytes.mid(below(bytes.size()), length));
            break;
        case 5:
            bytes.truncate(at);
            break;
        case 6: {
            const QByteArray &other = m_seeds[below(m_seeds.size())];
            bytes = bytes.first(at) + other.mid(below(other.size()));
            break;
        }
        }
    }

    QList<QByteArray> m_seeds;
    std::mt19937_64 m_random; // its sequence is part of the standard
};

void run(const QByteArray &bytes)
{
    current = bytes;
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(bytes.constData()), static_cast<size_t>(bytes.size()));
}

int writeSeeds(const QString &folder)
{
    QDir().mkpath(folder);
    int count = 0;
    for (const QByteArray &seed : fuzzSeeds()) {
        QFile file(QDir(folder).filePath(QStringLiteral("seed-%1").arg(++count)));
        if (!file.open(QFile::WriteOnly) || file.write(seed) != seed.size())
            return 1;
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && qstrcmp(argv[1], "--write") == 0)
        return writeSeeds(QFile::decodeName(argv[2]));
    const bool isLong = argc == 3 && qstrcmp(argv[1], "--mutations") == 0;
    const qint64 mutations = isLong ? QByteArray(argv[2]).toLongLong() : Mutations;
    qInstallMessageHandler(printInput);
    run({});
    const QList<QByteArray> seeds = fuzzSeeds();
    for (const QByteArray &seed : seeds)
        run(seed);
    Mutator mutator(seeds, isLong ? QRandomGenerator::system()->generate64() : std::mt19937_64::default_seed);
    for (qint64 i = 0; i < mutations; ++i)
        run(mutator.next());
}
