using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;

namespace PasskeyAdmin.Core.Tests.Shape;

/// <summary>Finds the types that the code of a method uses.</summary>
internal static class MethodBodies
{
    private static readonly Dictionary<short, OpCode> OpCodesByValue = ReadOpCodes();

    public static IEnumerable<Type> References(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        for (var i = 0; i < code.Length;)
        {
            var value = code[i] == 0xFE ? (short)(0xFE00 | code[i + 1]) : code[i];
            i += code[i] == 0xFE ? 2 : 1;
            var operation = OpCodesByValue[value];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok && Resolve(method, BitConverter.ToInt32(code, i)) is { } used)
                yield return used;
            i += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static Type? Resolve(MethodBase method, int token)
    {
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, typeArguments, methodArguments);
        return member as Type ?? member?.DeclaringType;
    }

    private static Dictionary<short, OpCode> ReadOpCodes()
    {
        var codes = new Dictionary<short, OpCode>();
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            if (field.GetValue(null) is OpCode code) codes[code.Value] = code;
        return codes;
    }
}
