// SPDX-License-Identifier: MIT
#include "jsontreemodel.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"

#include <Sojourn/jsonrules.h>

#include <QtCore/QJsonArray>
#include <QtCore/QTimer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr int FetchStep = 500;
static constexpr int AtOnce = 50; // containers up to this size are never left for later

JsonTreeModel::JsonTreeModel(QObject *parent) : QAbstractItemModel(parent), m_root(std::make_unique<Node>())
{
    m_root->value = QJsonObject();
}

JsonTreeModel::~JsonTreeModel() = default;

int JsonTreeModel::Node::size() const
{
    return value.isObject() ? int(value.toObject().size()) : value.isArray() ? int(value.toArray().size()) : 0;
}

int JsonTreeModel::Node::row() const
{
    const auto it = std::ranges::find_if(parent->children, [this](const auto &child) { return child.get() == this; });
    return int(it - parent->children.begin());
}

std::unique_ptr<JsonTreeModel::Node> JsonTreeModel::makeNode(Node *parent, const QString &name, const QJsonValue &value)
{
    auto made = std::make_unique<Node>();
    made->name = name;
    made->value = value;
    made->parent = parent;
    if (made->size() <= AtOnce)
        addChildren(made.get(), made->size());
    return made;
}

/// Makes the children of \a node up to \a until that are not there yet.
void JsonTreeModel::addChildren(Node *node, int until)
{
    const int from = int(node->children.size());
    if (node->value.isArray()) {
        const QJsonArray array = node->value.toArray();
        for (int i = from; i < until; ++i)
            node->children.push_back(makeNode(node, {}, array.at(i)));
    } else if (node->value.isObject()) {
        const QJsonObject object = node->value.toObject();
        auto it = object.begin() + from;
        for (int i = from; i < until; ++i, ++it)
            node->children.push_back(makeNode(node, it.key(), it.value()));
    }
}

/// Whether all children of \a node are to be there.
bool JsonTreeModel::isWhole(const Node *node) const
{
    return node == m_root.get() || node->size() <= AtOnce;
}

JsonTreeModel::Node *JsonTreeModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex JsonTreeModel::indexOf(Node *node, int column) const
{
    return node == m_root.get() ? QModelIndex() : createIndex(node->row(), column, node);
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *in = node(parent);
    if (parent.column() > 0 || row < 0 || row >= int(in->children.size()) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, in->children[size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(node(index)->parent) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(node(parent)->children.size());
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    const Node *in = node(parent);
    return parent.column() <= 0 && (in->size() > 0 || !in->children.empty());
}

bool JsonTreeModel::canFetchMore(const QModelIndex &parent) const
{
    const Node *in = node(parent);
    return parent.column() <= 0 && !isWhole(in) && int(in->children.size()) < in->size();
}

void JsonTreeModel::fetchMore(const QModelIndex &parent)
{
    Node *in = node(parent);
    const int from = int(in->children.size());
    const int until = std::min(in->size(), from + FetchStep);
    if (!canFetchMore(parent))
        return;
    beginInsertRows(parent, from, until - 1);
    addChildren(in, until);
    endInsertRows();
}

void JsonTreeModel::setAttributes(const SessionData &data)
{
    merge(m_root.get(), data.toJson());
}

void JsonTreeModel::setReference(const QJsonValue &reference)
{
    if (reference == m_reference)
        return;
    m_reference = reference;
    const std::function<void(Node *)> tell = [&](Node *parent) {
        if (parent->children.empty())
            return;
        Q_EMIT dataChanged(indexOf(parent->children.front().get()), indexOf(parent->children.back().get(), ColumnCount - 1));
        for (const auto &child : parent->children)
            tell(child.get());
    };
    tell(m_root.get());
}

/// What stands at the place of \a node in the reference.
QJsonValue JsonTreeModel::referenceOf(const Node *node) const
{
    if (!node->parent)
        return m_reference;
    const QJsonValue around = referenceOf(node->parent);
    return node->parent->value.isArray() ? around.toArray().at(node->row()) : around.toObject().value(node->name);
}

bool JsonTreeModel::differs(const Node *node) const
{
    return !m_reference.isUndefined() && referenceOf(node) != node->value;
}

QString JsonTreeModel::referenceText(const Node *node) const
{
    const QJsonValue there = referenceOf(node);
    if (there.isUndefined())
        return tr("Not in the other session");
    return tr("In the other session: %1").arg(!m_secretsShown && isSecret(node) ? Format::Mask : Format::json(there));
}

QJsonObject JsonTreeModel::attributes() const
{
    return m_root->value.toObject();
}

/// Takes \a value over with as few row changes as possible, so that what is open and selected stays so.
void JsonTreeModel::merge(Node *into, const QJsonValue &value)
{
    if (into->value == value)
        return;
    const bool sameKind = into->value.type() == value.type();
    const QModelIndex at = indexOf(into);
    const auto removeFrom = [&](int from, int until) {
        beginRemoveRows(at, from, until - 1);
        into->children.erase(into->children.begin() + from, into->children.begin() + until);
        endRemoveRows();
    };
    if (!sameKind && !into->children.empty())
        removeFrom(0, int(into->children.size()));
    into->value = value;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        if (int(into->children.size()) > array.size())
            removeFrom(int(array.size()), int(into->children.size()));
        for (int i = 0; i < int(into->children.size()); ++i)
            merge(into->children[size_t(i)].get(), array.at(i));
        const int known = int(into->children.size());
        if (isWhole(into) && known < array.size()) {
            beginInsertRows(at, known, int(array.size()) - 1);
            addChildren(into, int(array.size()));
            endInsertRows();
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (int i = int(into->children.size()); i-- > 0;) {
            if (!object.contains(into->children[size_t(i)]->name))
                removeFrom(i, i + 1);
        }
        int row = 0;
        for (auto it = object.begin(); it != object.end(); ++it, ++row) {
            if (row < int(into->children.size()) && into->children[size_t(row)]->name == it.key()) {
                merge(into->children[size_t(row)].get(), it.value());
            } else if (row < int(into->children.size()) || isWhole(into)) {
                beginInsertRows(at, row, row);
                into->children.insert(into->children.begin() + row, makeNode(into, it.key(), it.value()));
                endInsertRows();
            } else {
                break; // the rest is fetched when it is scrolled to
            }
        }
    }
    if (!into->children.empty())
        Q_EMIT dataChanged(index(0, 0, at), index(int(into->children.size()) - 1, ColumnCount - 1, at));
}

void JsonTreeModel::setSecretsShown(bool shown)
{
    m_secretsShown = shown;
    const auto tell = [this](auto &self, const QModelIndex &parent) -> void {
        const int rows = rowCount(parent);
        if (rows > 0)
            Q_EMIT dataChanged(index(0, Value, parent), index(rows - 1, Value, parent));
        for (int row = 0; row < rows; ++row)
            self(self, index(row, 0, parent));
    };
    tell(tell, {});
}

void JsonTreeModel::setEdit(const Path &path, const ValueEdit &edit)
{
    if (edit.status == EditStatus::None)
        m_edits.remove(path);
    else
        m_edits.insert(path, edit);
    showEdit(path);
    if (edit.status == EditStatus::Saved) {
        QTimer::singleShot(2000, this, [this, path] {
            if (m_edits.value(path).status == EditStatus::Saved)
                setEdit(path, {});
        });
    }
}

void JsonTreeModel::setEdits(const Edits &edits)
{
    const QList<Path> before = m_edits.keys();
    m_edits = edits;
    for (const Path &path : before + m_edits.keys())
        showEdit(path);
}

/// The edit at \a path shows there, and at what it is in.
void JsonTreeModel::showEdit(const Path &path)
{
    for (qsizetype depth = path.size(); depth > 0; --depth) {
        if (const auto at = indexAt(path.first(depth)))
            Q_EMIT dataChanged(at->siblingAtColumn(0), at->siblingAtColumn(ColumnCount - 1));
    }
}

JsonTreeModel::Path JsonTreeModel::pathOf(const Node *node) const
{
    Path path;
    for (; node != m_root.get(); node = node->parent)
        path.prepend(node->parent->value.isArray() ? QString::number(node->row()) : node->name);
    return path;
}

JsonTreeModel::Path JsonTreeModel::pathOf(const QModelIndex &index) const
{
    return pathOf(node(index));
}

std::optional<QModelIndex> JsonTreeModel::indexAt(const Path &path)
{
    Node *at = m_root.get();
    for (const QString &name : path) {
        bool isNumber = false;
        const qsizetype position = name.toLongLong(&isNumber);
        const bool isElement = at->value.isArray() && isNumber && position >= 0 && position < at->size();
        if (!isElement && !(at->value.isObject() && at->value.toObject().contains(name)))
            return {};
        const auto find = [&] {
            return isElement ? (position < qsizetype(at->children.size()) ? at->children.begin() + position : at->children.end())
                             : std::ranges::find(at->children, name, [](const auto &child) { return child->name; });
        };
        while (find() == at->children.end() && canFetchMore(indexOf(at)))
            fetchMore(indexOf(at));
        const auto found = find();
        if (found == at->children.end())
            return {};
        at = found->get();
    }
    return indexOf(at);
}

/// The edit at \a node or, where there is none, one inside of it.
JsonTreeModel::ValueEdit JsonTreeModel::editOf(const Node *node) const
{
    if (m_edits.isEmpty())
        return {};
    const Path path = pathOf(node);
    if (const auto own = m_edits.find(path); own != m_edits.end())
        return *own;
    for (auto it = m_edits.cbegin(); it != m_edits.cend(); ++it) {
        if (it.key().size() > path.size() && it.key().first(path.size()) == path)
            return {.status = it->status, .text = it->text};
    }
    return {};
}

void JsonTreeModel::fail(const Path &path, const QString &text, const QJsonValue &typed)
{
    setEdit(path, {.status = EditStatus::Failed, .text = text, .typed = typed});
}

bool JsonTreeModel::needsPage(const QModelIndex &index)
{
    static constexpr qsizetype LongestLine = 1000; // a line edit cuts at 32,767, and nobody sees the rest of so many
    const QString text = index.siblingAtColumn(Value).data(Qt::EditRole).toString();
    return text.size() > LongestLine || std::any_of(text.begin(), text.end(), [](QChar c) {
               return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
                   || c.category() == QChar::Separator_Paragraph;
           });
}

QJsonValue JsonTreeModel::copyOf(const QModelIndex &index) const
{
    const Node *at = node(index);
    return m_secretsShown ? at->value : Format::masked(at->value, isSecret(at));
}

void JsonTreeModel::setValue(const QModelIndex &index, const QJsonValue &value)
{
    if (Node *at = node(index); at != m_root.get() && at->value != value)
        wish(at, value);
}

/// Wishes that \a changed had \a value: rebuilds the containers around it up to its attribute.
void JsonTreeModel::wish(Node *changed, const QJsonValue &value, Path place)
{
    if (place.isEmpty())
        place = pathOf(changed);
    QJsonValue built = value;
    Node *at = changed;
    for (; at->parent != m_root.get(); at = at->parent) {
        if (at->parent->value.isArray()) {
            QJsonArray array = at->parent->value.toArray();
            array.replace(at->row(), built);
            built = array;
        } else {
            QJsonObject object = at->parent->value.toObject();
            object.insert(at->name, built);
            built = object;
        }
    }
    Q_EMIT setWanted(at->name, built, place);
}

void JsonTreeModel::removeAt(const QModelIndex &index)
{
    Node *at = node(index);
    if (at == m_root.get())
        return;
    if (at->parent == m_root.get()) {
        Q_EMIT removeWanted(at->name);
    } else if (at->parent->value.isArray()) {
        QJsonArray array = at->parent->value.toArray();
        array.removeAt(at->row());
        wish(at->parent, array);
    } else {
        QJsonObject object = at->parent->value.toObject();
        object.remove(at->name);
        wish(at->parent, object);
    }
}

void JsonTreeModel::add(const QModelIndex &parent, const QString &name, const QJsonValue &value)
{
    Node *in = node(parent);
    if (in == m_root.get()) {
        Q_EMIT setWanted(name, value, {name});
    } else if (in->value.isArray()) {
        QJsonArray array = in->value.toArray();
        array.append(value);
        wish(in, array, pathOf(in) << QString::number(array.size() - 1));
    } else if (in->value.isObject()) {
        QJsonObject object = in->value.toObject();
        if (object.contains(name)) {
            fail(pathOf(in), tr("Not added: %1 is there already.").arg(Foreign::line(name)));
            return;
        }
        object.insert(name, value);
        wish(in, object, pathOf(in) << name);
    }
}

void JsonTreeModel::rename(const QModelIndex &index, const QString &name)
{
    Node *at = node(index);
    if (at == m_root.get() || name.isEmpty() || name == at->name || !at->parent->value.isObject())
        return;
    if (at->parent == m_root.get()) {
        Q_EMIT renameWanted(at->name, name);
        return;
    }
    QJsonObject object = at->parent->value.toObject();
    if (object.contains(name)) {
        fail(pathOf(at), tr("Not renamed: %1 is there already.").arg(Foreign::line(name)));
        return;
    }
    object.insert(name, object.take(at->name));
    wish(at->parent, object);
}

QString JsonTreeModel::path(const Node *node) const
{
    if (node == m_root.get())
        return {};
    if (node->parent->value.isArray())
        return path(node->parent) + u"[%1]"_s.arg(node->row());
    const QString in = path(node->parent);
    return in.isEmpty() ? node->name : in + u'.' + node->name;
}

bool JsonTreeModel::isSecret(const Node *node) const
{
    for (; node != m_root.get(); node = node->parent) {
        if (Format::looksSecret(node->name))
            return true;
    }
    return false;
}

QString JsonTreeModel::typeName(QJsonValue::Type type)
{
    switch (type) {
    case QJsonValue::Null:
        return tr("null");
    case QJsonValue::Bool:
        return tr("true/false");
    case QJsonValue::Double:
        return tr("number");
    case QJsonValue::String:
        return tr("text");
    case QJsonValue::Array:
        return tr("list");
    case QJsonValue::Object:
        return tr("object");
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node *at = node(index);
    const bool masked = !m_secretsShown && isSecret(at) && !at->value.isObject() && !at->value.isArray();
    const QString name = at->parent->value.isArray() ? QString::number(at->row()) : at->name;
    const ValueEdit edit = editOf(at);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Name)
            return name;
        if (index.column() == Type)
            return typeName(at->value.type());
        return masked ? Format::Mask : Format::json(at->value);
    case Qt::EditRole:
        if (index.column() == Name)
            return at->name;
        if (index.column() == Type)
            return int(at->value.type());
        if (!edit.typed.isUndefined()) // and not saved
            return at->value.isString() && edit.typed.isString() ? edit.typed.toString()
                                                                 : QString::fromUtf8(encodeJson(edit.typed));
        return at->value.isString() ? at->value.toString() : QString::fromUtf8(encodeJson(at->value));
    case JsonRole:
        return QVariant::fromValue(at->value);
    case PathRole:
        return path(at);
    case SecretRole:
        return masked;
    case StatusRole:
        return edit.text;
    case FailureRole:
        return edit.status == EditStatus::Failed || edit.status == EditStatus::Conflict ? edit.text : QString();
    case Qt::AccessibleTextRole:
        return QStringList{headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString() + u": "_s
                               + data(index, Qt::DisplayRole).toString(),
                           edit.text}
                   .join(edit.text.isEmpty() ? QString() : u", "_s)
             + (index.column() == Value && differs(at) ? u", "_s + referenceText(at) : QString());
    case Qt::ToolTipRole:
        if (!edit.text.isEmpty())
            return Foreign::toolTip(edit.text);
        if (index.column() == Value && differs(at))
            return Foreign::toolTip(referenceText(at));
        return index.column() == Name ? QVariant(Foreign::toolTip(path(at))) : QVariant();
    case DiffersRole:
        return differs(at);
    case Qt::BackgroundRole: {
        if (!differs(at))
            return {};
        QColor tint = Theme::colour(Theme::Colour::Warning);
        tint.setAlphaF(0.16f);
        return tint;
    }
    case Qt::DecorationRole:
        if (index.column() == Type && differs(at)) // no need to tell colours apart
            return Theme::icon(u"differs"_s);
        if (index.column() != Value)
            return {};
        switch (edit.status) {
        case EditStatus::Saving:
            return Theme::icon(u"wait"_s);
        case EditStatus::Saved:
            return Theme::icon(u"check"_s);
        case EditStatus::Conflict:
        case EditStatus::Failed:
            return Theme::icon(u"warning"_s);
        case EditStatus::None:
            break;
        }
        return masked ? QVariant(Theme::icon(u"lock"_s)) : QVariant();
    case Qt::ForegroundRole:
        if (index.column() == Type || masked)
            return Theme::colour(Theme::Colour::Muted);
        if (index.column() == Name)
            return Theme::colour(Theme::Colour::JsonName);
        switch (at->value.type()) {
        case QJsonValue::String:
            return Theme::colour(Theme::Colour::JsonString);
        case QJsonValue::Double:
            return Theme::colour(Theme::Colour::JsonNumber);
        case QJsonValue::Bool:
        case QJsonValue::Null:
            return Theme::colour(Theme::Colour::JsonKeyword);
        default:
            return Theme::colour(Theme::Colour::Muted);
        }
    default:
        return {};
    }
}

/// A text stays text; other values may be replaced by any JSON. The Type column converts.
bool JsonTreeModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    Node *at = node(index);
    if (index.column() == Name) {
        rename(index, value.toString());
        return true;
    }
    QJsonValue wanted;
    if (index.column() == Type) {
        const auto type = QJsonValue::Type(value.toInt());
        if (type == at->value.type())
            return false;
        const QString text = at->value.isString() ? at->value.toString() : QString::fromUtf8(encodeJson(at->value));
        const auto parsed = decodeJson(text.toUtf8());
        switch (type) {
        case QJsonValue::String:
            wanted = text;
            break;
        case QJsonValue::Double:
            wanted = parsed && parsed->isDouble() ? *parsed : QJsonValue(at->value.toBool() ? 1 : 0);
            break;
        case QJsonValue::Bool:
            wanted = text == "true"_L1 || at->value.toDouble() != 0;
            break;
        case QJsonValue::Array:
            wanted = parsed && parsed->isArray() ? parsed->toArray() : QJsonArray{at->value};
            break;
        case QJsonValue::Object:
            wanted = parsed && parsed->isObject() ? parsed->toObject() : QJsonObject();
            break;
        default:
            wanted = QJsonValue::Null;
            break;
        }
    } else if (at->value.isString()) {
        wanted = value.toString();
    } else if (const auto parsed = readJsonValue(value.toString().toUtf8())) {
        wanted = *parsed;
    } else {
        fail(pathOf(at), tr("Not saved: %1 is not JSON. Write text in quotes.").arg(Foreign::line(value.toString())));
        return false;
    }
    if (wanted == at->value) {
        setEdit(pathOf(at), {}); // what was typed before and not saved is not wanted any more
        return false;
    }
    wish(at, wanted);
    return true;
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Value:
        return tr("Value");
    case Type:
        return tr("Type");
    }
    return {};
}

Qt::ItemFlags JsonTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const Node *at = node(index);
    const bool container = at->value.isObject() || at->value.isArray();
    const bool masked = !m_secretsShown && isSecret(at) && !container;
    const bool editable = index.column() == Name ? at->parent->value.isObject()
                                                 : index.column() == Type || (!container && !masked);
    if (m_editable && editable)
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace Sojourn::Inspector
