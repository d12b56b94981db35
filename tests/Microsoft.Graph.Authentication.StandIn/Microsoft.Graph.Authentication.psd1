@{
    RootModule        = 'Microsoft.Graph.Authentication.dll'
    ModuleVersion     = '2.25.0'
    GUID              = '6d6fd2b7-4f62-4b0e-9d8c-2a3f0c3b7a51'
    Author            = 'PasskeyAdmin contributors'
    Description       = 'A stand-in for the tests of PasskeyAdmin. Not the module of Microsoft: it signs in nobody.'
    FunctionsToExport = @()
    CmdletsToExport   = 'Connect-MgGraph', 'Disconnect-MgGraph', 'Get-MgContext', 'Get-MgEnvironment', 'Invoke-MgGraphRequest'
    VariablesToExport = @()
    AliasesToExport   = @()
}
