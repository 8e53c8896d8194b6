// SPDX-License-Identifier: GPL-3.0-or-later
// Files of torch.save() by hand, right and wrong ones.
#pragma once

#include <QByteArray>
#include <QList>

#include <utility>
#include <vector>

namespace mocoscope::testing {

template <typename Number> QByteArray littleEndianBytes(Number value)
{
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

// pieces of a pickle

inline QByteArray pickledText(const QByteArray& text)
{
    return "X" + littleEndianBytes(static_cast<quint32>(text.size())) + text;
}
inline QByteArray pickledInteger(qint64 value)
{
    return QByteArray("\x8a\x08") + littleEndianBytes(value);
}
inline QByteArray pickledTuple(const QList<qint64>& values)
{
    QByteArray all = "(";
    for (const qint64 value : values) {
        all += pickledInteger(value);
    }
    return all + "t";
}
inline QByteArray pickledGlobal(const QByteArray& module, const QByteArray& name)
{
    return "c" + module + "\n" + name + "\n";
}

struct TensorText
{
    QByteArray storage = "FloatStorage";
    QByteArray key = "0";
    qint64 elements = 4;
    qint64 offset = 0;
    QList<qint64> sizes {2, 2};
    QList<qint64> strides {2, 1};
};
inline QByteArray pickledTensor(const TensorText& tensor)
{
    return pickledGlobal("torch._utils", "_rebuild_tensor_v2") + "((" + pickledText("storage")
        + pickledGlobal("torch", tensor.storage) + pickledText(tensor.key) + pickledText("cpu")
        + pickledInteger(tensor.elements) + "tQ" + pickledInteger(tensor.offset)
        + pickledTuple(tensor.sizes) + pickledTuple(tensor.strides) + "\x89"
        + pickledGlobal("collections", "OrderedDict") + ")RtR";
}
/// A whole pickle of a dictionary with these items.
inline QByteArray pickledDict(const std::vector<std::pair<QByteArray, QByteArray>>& items)
{
    QByteArray all = "\x80\x02}(";
    for (const auto& [key, value] : items) {
        all += pickledText(key) + value;
    }
    return all + "u.";
}

// a zip archive

struct ZipText
{
    QByteArray name;
    QByteArray content;
    quint16 method = 0;
    qint64 claimedBytes = -1; ///< of the list of entries; -1: as it is
    qint64 claimedOffset = -1; ///< of its header
    QByteArray localName = {}; ///< where it differs
};
inline QByteArray zipOf(const std::vector<ZipText>& entries)
{
    QByteArray all;
    QByteArray directory;
    for (const ZipText& entry : entries) {
        const auto offset
            = static_cast<quint32>(entry.claimedOffset < 0 ? all.size() : entry.claimedOffset);
        const auto bytes = static_cast<quint32>(entry.claimedBytes < 0 ? entry.content.size()
                                                                       : entry.claimedBytes);
        const QByteArray sizes = littleEndianBytes(bytes) + littleEndianBytes(bytes);
        const QByteArray local = entry.localName.isEmpty() ? entry.name : entry.localName;
        const auto zeros = [](int count) { return QByteArray(count, '\0'); };
        directory += QByteArray("PK\x01\x02") + zeros(6) + littleEndianBytes(entry.method)
            + zeros(8) + sizes + littleEndianBytes(static_cast<quint16>(entry.name.size()))
            + zeros(12) + littleEndianBytes(offset) + entry.name;
        all += QByteArray("PK\x03\x04") + zeros(4) + littleEndianBytes(entry.method) + zeros(8)
            + sizes + littleEndianBytes(static_cast<quint16>(local.size())) + zeros(2) + local
            + entry.content;
    }
    const auto count = littleEndianBytes(static_cast<quint16>(entries.size()));
    return all + directory + QByteArray("PK\x05\x06") + QByteArray(4, '\0') + count + count
        + littleEndianBytes(static_cast<quint32>(directory.size()))
        + littleEndianBytes(static_cast<quint32>(all.size())) + QByteArray(2, '\0');
}
/// With one storage of four numbers, 1 to 4.
inline QByteArray pytorchZip(const QByteArray& pickle)
{
    QByteArray numbers;
    for (const float value : {1.0F, 2.0F, 3.0F, 4.0F}) {
        numbers += littleEndianBytes(value);
    }
    return zipOf({{"a/data.pkl", pickle}, {"a/byteorder", "little"}, {"a/data/0", numbers}});
}

} // namespace mocoscope::testing
